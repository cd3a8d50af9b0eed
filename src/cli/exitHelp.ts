/** What `--help` says about exit codes, the same for every command that judges. */
export const exitHelp = `
Exit codes:
  0  nothing at or above --fail-on
  1  findings
  2  could not do its job: bad arguments, a path that cannot be read, an internal error`;
