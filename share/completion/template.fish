# SPDX-License-Identifier: ISC
# Completion for fish of @PROGRAMS@; share/completion/make.sh fills it in.

# The names in a share folder of a program: models, rules or palettes.
function __reat_names
    set -l bin (string replace -r '/[^/]*$' '' -- (command -s $argv[1]))
    for folder in (string split -n : -- "$REAT_PATH") $bin/../share $bin/../share/reat
        for file in $folder/$argv[2]/*
            if test $argv[2] = models
                test -d $file; and string replace -r '.*/' '' -- $file
            else
                string match -q '*.yaml' -- $file
                and string replace -r '.*/(.*)\.yaml' '$1' -- $file
            end
        end
    end
end

# The values that a program prints for "list", with their meanings.
function __reat_list
    $argv[1] -$argv[2] list </dev/null 2>/dev/null | string replace -r ' +' \t
end

@COMPLETE@
