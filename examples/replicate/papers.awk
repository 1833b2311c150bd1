# papers.awk: the paper's names of methods, for -f before another program.
BEGIN {
	papers["grad"] = "VanillaGrad"
	papers["ignorm"] = "InteGrad"
	papers["gradxinput"] = "GradInput"
	papers["lime-words"] = "Lime"
	papers["naive"] = "NaiveREAT"
	papers["reat"] = "REAT"
}
