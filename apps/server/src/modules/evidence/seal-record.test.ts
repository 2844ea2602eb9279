import { checkDisclosure } from '@datong/evidence-log'
import { systemRandom } from '@datong/kernel'
import { describe, expect, it } from 'vitest'
import { sealRecord } from './seal-record.ts'
import { aDraft } from './testing.ts'

const at = new Date('2026-03-01T08:00:00.123Z')

describe('sealing a record', () => {
  it('makes a leaf that commits to the body as it is stored', () => {
    const { leaf, body, salt, id } = sealRecord(aDraft({ detail: { b: 1, a: ['二', null] } }), at, systemRandom)
    const opened = checkDisclosure(leaf, JSON.parse(body), salt)
    expect(opened).toMatchObject({ ok: true, value: { id, at: at.toISOString(), chain: 'decision' } })
    expect(body).toContain('"detail":{"a":["二",null],"b":1}')
  })

  it('gives ids that sort by the time of what happened', () => {
    const ids = [0, 1, 2].map((ms) => sealRecord(aDraft(), new Date(at.getTime() + ms), systemRandom).id)
    expect([...ids].sort()).toEqual(ids)
  })

  it('leaves nothing of the body in the leaf', () => {
    const leaf = Buffer.from(sealRecord(aDraft(), at, systemRandom).leaf).toString()
    for (const secret of ['王芳', '停车场', '306007', '11330000000000001X']) expect(leaf).not.toContain(secret)
  })

  it.each([
    ['NUL in a column', aDraft({ action: 'a\u0000b' })],
    ['half a character', aDraft({ detail: { text: '\ud800' } })],
    ['a number that JSON has not', aDraft({ detail: { share: Number.NaN } })],
  ])('refuses %s', (_, draft) => {
    expect(() => sealRecord(draft, at, systemRandom)).toThrow(expect.objectContaining({ code: 'evidence/invalid-entry' }))
  })

  it('refuses a body that is no longer a record but data', () => {
    const draft = aDraft({ detail: { rows: 'x'.repeat(70_000) } })
    expect(() => sealRecord(draft, at, systemRandom)).toThrow(expect.objectContaining({ code: 'evidence/entry-too-large' }))
  })
})
