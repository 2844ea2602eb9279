import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ckanDatasetId, ckanNameId, ckanResourceId, codeInCkanId } from './ids.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[58][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const code = fc.tuple(fc.stringMatching(/^[1-9][0-9]{5,11}$/), fc.stringMatching(/^[0-9]{6}$/)).map(([classification, number]) => `${classification}-${number}`)

describe('ids for CKAN', () => {
  it('are UUIDs that lead back to the code, and to nothing else', () => {
    fc.assert(fc.property(code, fc.string(), (one, key) => {
      const [dataset, resource] = [ckanDatasetId(one), ckanResourceId(one, key)]
      expect([dataset, resource].every((id) => UUID.test(id))).toBe(true)
      expect([codeInCkanId(dataset, 'dataset'), codeInCkanId(resource, 'resource'), codeInCkanId(dataset, 'resource'), codeInCkanId(resource, 'dataset')]).toEqual([one, one, undefined, undefined])
    }))
  })

  it('differ between codes, and between resources of one', () => {
    fc.assert(fc.property(code, code, (one, other) => (one === other) === (ckanDatasetId(one) === ckanDatasetId(other))))
    expect(ckanResourceId('306007-000123', 'csv')).not.toBe(ckanResourceId('306007-000123', 'json'))
  })

  it('stay the same for the same name', () => {
    expect(ckanNameId('tag', '停车')).toBe(ckanNameId('tag', '停车'))
    expect(ckanNameId('tag', '停车')).toMatch(UUID)
    expect(ckanNameId('tag', '停车')).not.toBe(ckanNameId('group', '停车'))
    expect(codeInCkanId(ckanNameId('tag', '停车'), 'dataset')).toBeUndefined()
  })
})
