declare module '*.md' {
  const text: string;
  // eslint-disable-next-line no-restricted-syntax -- Bundlers give text modules a default export.
  export default text;
}
