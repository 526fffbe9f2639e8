const kWeights = [3, 7, 1];

/** A Mexican account number: 18 digits, of which the last checks the others (CLABE, Banco de México). */
export function isClabe(text: string): boolean {
  if (!/^\d{18}$/.test(text)) return false;
  const sum = [...text.slice(0, 17)].reduce((total, digit, i) => total + ((Number(digit) * kWeights[i % 3]!) % 10), 0);
  return (10 - (sum % 10)) % 10 === Number(text[17]);
}
