import { checkDisclosure } from '@datong/evidence-log'
import { seededRandom, systemRandom } from '@datong/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prepareAccess, prepareFrame } from '../access-template.ts'
import type { AccessDraft } from '../evidence.ts'
import { anAccess } from '../testing.ts'
import { linesOf, recordsOf, type StoredSegment } from './open-segment.ts'
import { saltsOf, type SealedSegment, sealSegment } from './seal-segment.ts'
import { readUses } from './usage.ts'

const at = new Date('2026-03-01T08:00:00.123Z')

const stored = ({ id, count, bodies, salts, commitments }: SealedSegment, changes: Partial<StoredSegment> = {}): StoredSegment => ({
  id, count, first_leaf: null, bodies: Buffer.from(bodies), salts: Buffer.from(salts), commitments: Buffer.from(commitments), ...changes,
})
const use = (entryCode: string, rows: number) => ({ grantId: null, entryCode, organisation: null, rows, bytes: 1 })

/** JSON that RFC 8785 can write: no halves of characters. */
const json = fc.jsonValue().filter((value) => JSON.stringify(value).isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(value)))
const detail = fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 8 }).filter((name) => name !== '__proto__'), json, { maxKeys: 6 })
const draft: fc.Arbitrary<AccessDraft> = fc.record({ detail, title: fc.string({ unit: 'grapheme' }) })
  .map(({ detail, title }) => anAccess({ detail, subject: { type: 'entry', id: 'e', title } }))

describe('a segment', () => {
  it('holds for each access the body, and the leaf that commits to it', () => {
    fc.assert(fc.property(fc.array(draft, { minLength: 1, maxLength: 40 }), fc.nat(), (drafts, seed) => {
      const records = recordsOf(stored(sealSegment(drafts.map((one) => prepareAccess(one)), at, seededRandom(seed)), { first_leaf: 100 }))
      expect(records).toHaveLength(drafts.length)
      records.forEach((record, index) => {
        const { chain: _chain, ...said } = drafts[index]!
        const body: unknown = JSON.parse(record.body.toString())
        expect(body).toEqual(JSON.parse(JSON.stringify(said)))
        expect(record.leaf_index).toBe(100 + index)
        expect(checkDisclosure(record.leaf, body, record.salt)).toMatchObject({
          ok: true, value: { id: record.id, at: at.toISOString(), chain: 'access' },
        })
      })
    }))
  })

  it('finds the body of every record but one when a line end has come or gone', () => {
    const segment = sealSegment([1, 2, 3, 4, 5].map((n) => prepareAccess(anAccess({ detail: { n } }))), at, systemRandom)
    const whole = recordsOf(stored(segment)).map(({ body }) => body.toString())
    const [second] = linesOf(Buffer.from(segment.bodies)).slice(1)
    const inSecond = Buffer.from(segment.bodies).indexOf(second!) + 5
    const broken = Buffer.from(segment.bodies)
    broken[inSecond] = 0x0a
    expect(recordsOf(stored(segment, { bodies: broken })).map(({ body }, n) => body.toString() === whole[n])).toEqual([true, false, true, true, true])
    const joined = Buffer.from(segment.bodies)
    joined[joined.indexOf(0x0a)] = 0x20
    expect(recordsOf(stored(segment, { bodies: joined })).map(({ body }, n) => body.toString() === whole[n])).toEqual([false, false, true, true, true])
  })

  it('bears each mark once', () => {
    const accesses = ['e-1', 'e-2', 'e-1'].map((id) => prepareAccess(anAccess({ subject: { type: 'entry', id, title: '' } })))
    expect(sealSegment(accesses, at, systemRandom).marks).toEqual([
      'x:delivery', 'x:delivery.rows', 'x:delivery.rows.read', 'a:u-1', 's:e-1', 'p:11330000000000001X', 's:e-2',
    ])
  })

  it('adds up uses by their keys, whatever keys and figures they have', () => {
    const uses = [use('a', 2), { ...use('b', 3), purpose: '办证' }, { ...use('b', 4), purpose: '抽查' }, { ...use('a', 5), errors: 1 }]
    const { usage } = sealSegment([...uses.map((one) => prepareAccess(anAccess(), one)), prepareAccess(anAccess())], at, systemRandom)
    expect(readUses(usage, at)).toEqual([
      { ...use('a', 7), bytes: 2, calls: 2, errors: 1, at },
      { ...use('b', 3), purpose: '办证', calls: 1, at },
      { ...use('b', 4), purpose: '抽查', calls: 1, at },
    ])
  })

  it('has no usage when none was metered', () => {
    expect(sealSegment([prepareAccess(anAccess())], at, systemRandom).usage).toBeNull()
  })

  it('has salts that stand for its id and its usage, and no two alike', () => {
    const segment = sealSegment(Array.from({ length: 300 }, () => prepareAccess(anAccess(), use('a', 1))), at, systemRandom)
    expect(saltsOf(segment, 300)).toEqual(Buffer.from(segment.salts))
    expect(saltsOf({ ...segment, usage: segment.usage!.replace('300', '299') }, 300)).not.toEqual(Buffer.from(segment.salts))
    const hex = Buffer.from(segment.salts).toString('hex').match(/.{32}/g)
    expect(new Set(hex).size).toBe(300)
  })
})

describe('a template', () => {
  it('makes the very access that the whole draft makes, for any constant and particular detail', () => {
    fc.assert(fc.property(detail, fc.array(detail, { minLength: 1, maxLength: 4 }), (constant, particulars) => {
      const { chain: _chain, ...frame } = anAccess({ detail: constant })
      const prepare = prepareFrame({ ...frame, usage: { grantId: null, entryCode: 'e', organisation: null } })
      for (const particular of particulars) {
        const whole = prepareAccess(anAccess({ detail: { ...constant, ...particular } }), use('e', 1))
        expect(prepare(particular, { rows: 1, bytes: 1 })).toEqual(whole)
      }
    }))
  })

  it('leaves out what is undefined, as JSON does', () => {
    const { chain: _chain, ...frame } = anAccess({ detail: { a: 1, b: undefined } })
    const prepare = prepareFrame({ ...frame, usage: null })
    expect(prepare({ c: undefined, a: undefined, d: 2 }).body).toContain('"detail":{"d":2}')
    expect(prepare({ c: 3, a: 4, d: 2 }).body).toContain('"detail":{"a":4,"c":3,"d":2}')
  })

  it.each([
    ['a number that JSON has not', { share: Number.POSITIVE_INFINITY }],
    ['half a character', { text: '\ud800' }],
    ['half a character in a name', { '\ud800': 1 }],
    ['what is no JSON', { big: 1n }],
  ])('refuses %s', (_, particular) => {
    const { chain: _chain, ...frame } = anAccess()
    const prepare = prepareFrame({ ...frame, usage: null })
    expect(() => prepare(particular)).toThrow(expect.objectContaining({ code: 'evidence/invalid-entry' }))
  })

  it('refuses a body that is no longer a record but data', () => {
    const { chain: _chain, ...frame } = anAccess()
    expect(() => prepareFrame({ ...frame, usage: null })({ rows: 'x'.repeat(70_000) })).toThrow(expect.objectContaining({ code: 'evidence/entry-too-large' }))
  })
})
