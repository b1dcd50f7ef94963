/** Completion scripts by shell; each asks `halligan __complete` with the words typed so far. */
export const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `_halligan() {
  local IFS=$'\\n'
  COMPREPLY=($(halligan __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -F _halligan halligan
`,
  zsh: `#compdef halligan
_halligan() {
  local -a words_found
  words_found=("\${(@f)$(halligan __complete -- "\${words[@]:1:$((CURRENT-1))}" 2>/dev/null)}")
  compadd -a words_found
}
compdef _halligan halligan
`,
  fish: `complete -c halligan -f -a '(halligan __complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
};
