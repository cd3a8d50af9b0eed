export function isPictureName(name: string): boolean {
  return /\.(?:png|jpe?g)$/i.test(name);
}
