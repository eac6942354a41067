/** The completion scripts. Each asks the program what may stand at the cursor, so they never get old. */

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** Bash puts words into the line as they are: they have to be quoted for it. */
const BASH = `# connect-webhook completion for bash. In ~/.bashrc: source <(connect-webhook completion bash)
_connect_webhook() {
    local line word current=\${COMP_WORDS[COMP_CWORD]}
    local -a words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
    COMPREPLY=()
    [[ $current != [\\'\\"]* ]] || return
    [[ $current != *\\\\* ]] || words[COMP_CWORD-1]=\${current//\\\\/}
    while IFS= read -r line; do
        if [[ $line == ":files" ]]; then
            compopt -o filenames 2>/dev/null
            while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
        else
            printf -v word %q "\${line%%$'\\t'*}"
            COMPREPLY+=("$word")
        fi
    done < <(connect-webhook __complete "\${words[@]}" 2>/dev/null)
}
complete -F _connect_webhook connect-webhook
`;

const ZSH = `#compdef connect-webhook
# connect-webhook completion for zsh. In ~/.zshrc, after compinit: source <(connect-webhook completion zsh)
_connect_webhook() {
    local line word
    local -a lines described
    lines=("\${(@f)$(connect-webhook __complete "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    for line in $lines; do
        [[ -z $line ]] && continue
        if [[ $line == ":files" ]]; then
            _files
            return
        fi
        word=\${\${\${line%%$'\\t'*}//\\\\/\\\\\\\\}//:/\\\\:}
        if [[ $line == *$'\\t'* ]]; then
            described+=("$word:\${line#*$'\\t'}")
        else
            described+=("$word")
        fi
    done
    compset -P '--*='
    _describe -V 'connect-webhook' described
}
compdef _connect_webhook connect-webhook
`;

const FISH = `# connect-webhook completion for fish: connect-webhook completion fish > ~/.config/fish/completions/connect-webhook.fish
function __connect_webhook_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    test -z "$current"; and set current ''
    for line in (connect-webhook __complete $words[2..-1] $current 2>/dev/null)
        if test "$line" = ':files'
            __fish_complete_path $current
        else if string match -qr '^--[^=]+=' -- $current
            echo (string replace -r '=.*' '=' -- $current)$line
        else
            echo $line
        end
    end
end
complete -c connect-webhook -f -a '(__connect_webhook_complete)'
`;

/** The script of a shell. */
export function completionScript(shell: Shell): string {
  return { bash: BASH, zsh: ZSH, fish: FISH }[shell];
}
