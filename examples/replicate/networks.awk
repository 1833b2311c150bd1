# networks.awk: the networks that the tables can have, in the order of their
# columns.  The paper and the other program have the first three.
BEGIN {
	networks = split("gru lstm bigru mingru", network_of, " ")
	title["gru"] = "GRU"
	title["lstm"] = "LSTM"
	title["bigru"] = "BiGRU"
	title["mingru"] = "minGRU"
}
