import { compareExact, type Exact, exact, minus, plus, readExact, roundExact, through, times } from './exact-number.ts'

/** Why a formula has no value for a row. */
export type NoValue = 'division-by-zero' | 'not-a-number'

/** Thrown inside `evaluate`; the row, not the formula, is at fault. */
export class RowFault extends Error {
  readonly reason: NoValue
  constructor(reason: NoValue, message: string) {
    super(message)
    this.name = 'RowFault'
    this.reason = reason
  }
}

/** A formula that was read: the fields it names, and how it is worked out. */
export interface Formula {
  readonly fields: readonly string[]
  /** @param valueOf text of the field at a place in `fields` @returns null when a field that it needs is blank @throws RowFault */
  evaluate(valueOf: (field: number) => string): Exact | null
}

type Node = (valueOf: (field: number) => string) => Exact | null

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|\[([^\]]{1,200})\]|([a-z]+)(?=\()|([-+*/(),]))/iy
const MOST_TOKENS = 200
const MOST_DEPTH = 40
/** Figures longer than this come of formulas gone wrong; work on them would grow without bound. */
const MOST_BITS = 4_000

interface Token {
  readonly kind: 'number' | 'field' | 'call' | 'sign'
  readonly text: string
}

/** What a formula may call: numbers of arguments, and the rule. */
const CALLS: Readonly<Record<string, { readonly least: number; readonly most: number; readonly of: (values: readonly Exact[]) => Exact }>> = {
  round: { least: 1, most: 2, of: ([value, scale]) => roundExact(value!, scale === undefined ? 0 : wholeScale(scale)) },
  abs: { least: 1, most: 1, of: ([value]) => ({ over: value!.over < 0n ? -value!.over : value!.over, under: value!.under }) },
  min: { least: 1, most: 10, of: (values) => values.reduce((best, one) => (compareExact(one, best) < 0 ? one : best)) },
  max: { least: 1, most: 10, of: (values) => values.reduce((best, one) => (compareExact(one, best) > 0 ? one : best)) },
}

function wholeScale(value: Exact): number {
  if (value.under !== 1n || value.over < 0n || value.over > 20n) throw new RowFault('not-a-number', 'round needs 0 to 20 digits after the point')
  return Number(value.over)
}

/**
 * Reads a formula: numbers, `[field]`, `+ - * /`, brackets, `round(x, digits)`, `abs`, `min`, `max`, and `coalesce(x, y)` for the
 * first that is not blank. It is worked out in fractions, so nothing is lost before the end. A blank in it makes the whole blank.
 * @returns a Chinese sentence about what is wrong when it cannot be read
 */
export function readFormula(text: string): Formula | string {
  const tokens = tokensOf(text)
  if (typeof tokens === 'string') return tokens
  const fields: string[] = []
  let at = 0
  let depth = 0
  const peek = (sign: string): boolean => tokens[at]?.kind === 'sign' && tokens[at]?.text === sign
  const expect = (sign: string): void => {
    if (!peek(sign)) throw new FormulaFault(`第 ${at + 1} 个记号处缺少“${sign}”`)
    at++
  }

  const sum = (): Node => {
    if (++depth > MOST_DEPTH) throw new FormulaFault('括号嵌套过深')
    let left = product()
    for (;;) {
      const sign = peek('+') ? plus : peek('-') ? minus : undefined
      if (sign === undefined) break
      at++
      left = both(left, product(), sign)
    }
    depth--
    return left
  }
  const product = (): Node => {
    let left = factor()
    for (;;) {
      const sign = peek('*') ? times : peek('/') ? divide : undefined
      if (sign === undefined) return left
      at++
      left = both(left, factor(), sign)
    }
  }
  const factor = (): Node => {
    if (++depth > MOST_DEPTH) throw new FormulaFault('公式过于复杂')
    const node = atom()
    depth--
    return node
  }
  const atom = (): Node => {
    const token = tokens[at++]
    if (token === undefined) throw new FormulaFault('公式不完整')
    if (token.kind === 'number') return constant(readExact(token.text))
    if (token.kind === 'field') return field(place(fields, token.text), token.text)
    if (token.kind === 'call') return call(token.text.toLowerCase())
    if (token.text === '-') return both(constant(exact(0n)), factor(), minus)
    if (token.text !== '(') throw new FormulaFault(`“${token.text}”不能放在第 ${at} 个记号处`)
    const inner = sum()
    expect(')')
    return inner
  }
  const call = (name: string): Node => {
    const given: Node[] = []
    expect('(')
    do given.push(sum())
    while (peek(',') && at++ >= 0)
    expect(')')
    return called(name, given)
  }

  try {
    const node = sum()
    if (at < tokens.length) throw new FormulaFault(`“${tokens[at]!.text}”不能放在第 ${at + 1} 个记号处`) // at is within
    return { fields, evaluate: node }
  } catch (error) {
    if (error instanceof FormulaFault) return error.message
    throw error
  }
}

class FormulaFault extends Error {}

function tokensOf(text: string): Token[] | string {
  const tokens: Token[] = []
  const source = text.trimEnd()
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < source.length) {
    const from = TOKEN.lastIndex
    const found = TOKEN.exec(source)
    if (found === null) return `不认识公式中的“${source.slice(from, from + 10).trim()}”；字段请写成 [字段名]`
    const [, number, name, func, sign] = found
    if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (name !== undefined) tokens.push({ kind: 'field', text: name })
    else tokens.push(func === undefined ? { kind: 'sign', text: sign! } : { kind: 'call', text: func }) // one of the four groups matched
    if (tokens.length > MOST_TOKENS) return `公式超过 ${MOST_TOKENS} 个记号`
  }
  return tokens.length === 0 ? '公式是空的' : tokens
}

const place = (fields: string[], name: string): number => (fields.includes(name) ? fields.indexOf(name) : fields.push(name) - 1)
const constant = (value: Exact | null): Node => () => value

const field = (at: number, name: string): Node => (valueOf) => {
  const text = valueOf(at).trim()
  if (text === '') return null
  const value = readExact(text)
  if (value === null) throw new RowFault('not-a-number', `${name} is not a number`)
  return value
}

const both = (left: Node, right: Node, sign: (a: Exact, b: Exact) => Exact): Node => (valueOf) => {
  const [a, b] = [left(valueOf), right(valueOf)]
  return a === null || b === null ? null : bounded(sign(a, b))
}

function divide(a: Exact, b: Exact): Exact {
  if (b.over === 0n) throw new RowFault('division-by-zero', 'division by zero')
  return through(a, b)
}

function bounded(value: Exact): Exact {
  if (value.over.toString(16).length * 4 > MOST_BITS || value.under.toString(16).length * 4 > MOST_BITS) throw new RowFault('not-a-number', 'the figure is too long')
  return value
}

function called(name: string, given: readonly Node[]): Node {
  if (name === 'coalesce') {
    return (valueOf) => {
      for (const node of given) {
        const value = node(valueOf)
        if (value !== null) return value
      }
      return null
    }
  }
  const rule = CALLS[name]
  if (rule === undefined) throw new FormulaFault(`没有函数“${name}”；可用 round、abs、min、max、coalesce`)
  if (given.length < rule.least || given.length > rule.most) throw new FormulaFault(`函数 ${name} 的参数个数不对`)
  return (valueOf) => {
    const values = given.map((node) => node(valueOf))
    return values.some((value) => value === null) ? null : rule.of(values.filter((value) => value !== null))
  }
}
