export interface ServerEvent {
  readonly event: string
  readonly data: string
  readonly id: string
}

/**
 * Cuts a stream of text into server-sent events; what is not yet whole waits for the next piece.
 * @see WHATWG HTML, 9.2.6 Interpreting an event stream
 */
export function createEventParser(): (piece: string) => ServerEvent[] {
  let rest = ''
  return (piece) => {
    rest += piece
    const blocks = rest.replace(/\r\n?/g, '\n').split('\n\n')
    rest = blocks.pop() ?? ''
    return blocks.flatMap((block) => {
      const fields = block.split('\n').filter((line) => !line.startsWith(':')).map((line) => {
        const colon = line.indexOf(':')
        return colon < 0 ? [line, ''] as const : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')] as const
      })
      const of = (name: string): string[] => fields.filter(([field]) => field === name).map(([, value]) => value)
      const data = of('data')
      return data.length === 0 ? [] : [{ event: of('event').at(-1) ?? 'message', data: data.join('\n'), id: of('id').at(-1) ?? '' }]
    })
  }
}
