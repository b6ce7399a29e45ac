/** Letters and digits that are not mistaken for each other when read from paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 3;
const groupLength = 4;

/** Three groups of four, about 59 bits: "k7mf-x2pq-9hdw". */
export function makePassword(): string {
  const letter = (): string => {
    // A byte beyond the last whole round of the alphabet would make its first letters likelier.
    const limit = 256 - (256 % alphabet.length);
    for (;;) {
      const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
      if (byte < limit) return alphabet[byte % alphabet.length] ?? '';
    }
  };
  const group = () => Array.from({ length: groupLength }, letter).join('');
  return Array.from({ length: groups }, group).join('-');
}
