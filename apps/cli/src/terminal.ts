import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** Where a command speaks: results go to the output, what passes goes to the side and is overwritten there. */
export interface Terminal {
  /** One line of the result. */
  line(text: string): void
  /** One line beside the result: a warning, an error. */
  aside(text: string): void
  /** What goes on now; replaces what it said before. Silent when nobody watches. */
  progress(text: string): void
  /** @returns null when there is nobody to ask */
  ask(question: string, hidden?: boolean): Promise<string | null>
}

const CLEAR_LINE = '\r\u001b[K'

/** The process's own terminal. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process
  let shown = false
  const clear = (): void => {
    if (shown) stderr.write(CLEAR_LINE)
    shown = false
  }
  return {
    line: (text) => {
      clear()
      stdout.write(`${text}\n`)
    },
    aside: (text) => {
      clear()
      stderr.write(`${text}\n`)
    },
    progress: (text) => {
      if (!stderr.isTTY) return
      stderr.write(`${CLEAR_LINE}${fitting(text, stderr.columns - 1)}`)
      shown = true
    },
    ask: async (question, hidden = false) => {
      if (!stdin.isTTY) return null
      stderr.write(question)
      const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
      const lines = createInterface({ input: stdin, output: hidden ? silent : stderr, terminal: true })
      try {
        return await lines.question('')
      } finally {
        lines.close()
        if (hidden) stderr.write('\n')
      }
    },
  }
}

/** The beginning of a text that fits on a line; Chinese characters are two columns wide. */
function fitting(text: string, columns: number): string {
  let used = 0
  let fits = ''
  for (const character of text) {
    used += character >= '\u2e80' ? 2 : 1
    if (used > columns) break
    fits += character
  }
  return fits
}
