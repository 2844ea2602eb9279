import { GRADES } from '@datong/kernel'
import { describe, expect, it } from 'vitest'
import { PUBLIC_CALLER } from '../../../platform/caller.ts'
import { anOfficer, aSystem } from '../../../platform/testing.ts'
import { aPlan } from '../testing.ts'
import { requireScope, requireSigned } from './key-limits.ts'

const refused = (code: string): Error => expect.objectContaining({ code }) as Error
const system = aSystem('a', 'C1')

describe('the scope of a key', () => {
  it('allows its forms and its entries, and nothing else', () => {
    const limited = { ...system, scopes: ['rows' as const], entryCodes: new Set(['301001-000001']) }
    expect(() => requireScope(limited, 'rows', '301001-000001')).not.toThrow()
    expect(() => requireScope(limited, 'files', '301001-000001')).toThrow(refused('delivery/out-of-scope'))
    expect(() => requireScope(limited, 'rows', '301001-000002')).toThrow(refused('delivery/out-of-scope'))
  })

  it('that narrows to nothing allows nothing', () => {
    expect(() => requireScope({ ...system, scopes: [] }, 'rows', 'x')).toThrow(refused('delivery/out-of-scope'))
    expect(() => requireScope({ ...system, entryCodes: new Set<string>() }, 'rows', 'x')).toThrow(refused('delivery/out-of-scope'))
  })

  it('is none of people, the public and keys without limits', () => {
    for (const caller of [system, { ...system, scopes: null, entryCodes: null }, PUBLIC_CALLER, anOfficer('王', 'C1', 'consumer')]) expect(() => requireScope(caller, 'rows', 'x')).not.toThrow()
  })
})

describe('a signature', () => {
  const plan = (grade: (typeof GRADES)[number]) => {
    const { fields, ...rest } = aPlan({ 名称: 'text', 号码: 'text' })
    return { ...rest, fields: new Map([...fields].map(([name, field]) => [name, name === '号码' ? { ...field, grade } : field])) }
  }

  it('is needed from the grade of the setting on, by the strictest field', () => {
    for (const from of GRADES) for (const grade of GRADES) {
      const call = () => requireSigned({ signaturesFrom: from }, plan(grade), system)
      // The other field is internal.
      const strictest = Math.max(GRADES.indexOf(grade), GRADES.indexOf('internal'))
      if (strictest >= GRADES.indexOf(from)) expect(call).toThrow(refused('delivery/signature-required'))
      else expect(call).not.toThrow()
    }
  })

  it('that is there suffices; people, the public and a setting of none need none', () => {
    const secret = plan('top-secret')
    expect(() => requireSigned({ signaturesFrom: 'public' }, secret, { ...system, signed: true })).not.toThrow()
    expect(() => requireSigned({ signaturesFrom: null }, secret, system)).not.toThrow()
    for (const caller of [PUBLIC_CALLER, anOfficer('王', 'C1', 'consumer')]) expect(() => requireSigned({ signaturesFrom: 'public' }, secret, caller)).not.toThrow()
  })
})
