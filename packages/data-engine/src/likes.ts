/** Whether a text is like a pattern, said in plain code: what the engines are held against. Place by place, so that nothing is tried twice. */
export function likes(text: string, pattern: string): boolean {
  const signs = [...text]
  // From which places on the rest of the pattern may go on.
  let places = new Set([0])
  const step = (takes: (sign: string) => boolean): void => void (places = new Set([...places].filter((at) => at < signs.length && takes(signs[at]!)).map((at) => at + 1)))
  for (let [sign, ...rest] = [...pattern]; sign !== undefined; [sign, ...rest] = rest) {
    if (sign === '%') places = new Set(Array.from({ length: signs.length + 1 }, (_, at) => at).filter((at) => at >= Math.min(...places)))
    else if (sign === '_') step(() => true)
    else {
      const wanted = sign === '\\' ? rest.shift() : sign
      step((one) => one === wanted)
    }
  }
  return places.has(signs.length)
}
