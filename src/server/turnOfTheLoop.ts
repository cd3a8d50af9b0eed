/** Lets the loop hear what is already on its way, such as a cancellation. */
export function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
