/**
 * Completion for bash as it is on every machine: without the package bash-completion, from version
 * 3.2 on, read as often as one likes, and without evaluating what the user has typed.
 */
export const bashCompletion = `# bash completion for bn-guard
__bn_guard_complete() {
    local word value words=() isValue=
    # Bash takes --format=json for three words.
    for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if [[ ( $word == = || -n $isValue ) && \${#words[@]} -gt 0 ]]; then
            words[\${#words[@]}-1]+=$word
        else
            words+=("$word")
        fi
        isValue=
        [[ $word == = ]] && isValue=1
    done
    COMPREPLY=()
    while IFS=$'\\t' read -r value _; do
        # The last line is about the shell.
        [[ -z $value || $value == :* ]] || COMPREPLY+=("$value")
    done < <(bn-guard complete -- "\${words[@]}" 2> /dev/null)
}
# Where we offer nothing, files are wanted.
complete -o bashdefault -o default -F __bn_guard_complete bn-guard
`;
