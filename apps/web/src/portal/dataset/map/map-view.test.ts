import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundsOf, isPlace, moved, scaleKm, viewOfAll, zoomed } from './map-view.ts'
import { coordinateFields } from './coordinate-fields.ts'

const size = { width: 800, height: 400 }
const place = fc.record({ longitude: fc.double({ min: -170, max: 170, noNaN: true }), latitude: fc.double({ min: -70, max: 70, noNaN: true }) })

describe('the view of a map', () => {
  it('holds every place', () => {
    fc.assert(fc.property(fc.array(place, { minLength: 1, maxLength: 20 }), (places) => {
      const { west, east, south, north } = boundsOf(viewOfAll(places, size), size)
      for (const { longitude, latitude } of places) {
        expect(longitude).toBeGreaterThanOrEqual(west)
        expect(longitude).toBeLessThanOrEqual(east)
        expect(latitude).toBeGreaterThanOrEqual(south)
        expect(latitude).toBeLessThanOrEqual(north)
      }
    }))
  })
  it('comes back after a drag there and back', () => {
    const view = { longitude: 120, latitude: 30, kmPerPixel: 0.1 }
    expect(moved(moved(view, 50, 0), -50, 0).longitude).toBeCloseTo(120, 10)
    expect(moved(moved(view, 0, 50), 0, -50).latitude).toBeCloseTo(30, 10)
  })
  it('keeps its middle while it comes nearer', () => {
    expect(zoomed({ longitude: 120, latitude: 30, kmPerPixel: 1 }, 0.5)).toEqual({ longitude: 120, latitude: 30, kmPerPixel: 0.5 })
  })
  it('has a scale of a round length that fits', () => {
    expect(scaleKm({ longitude: 0, latitude: 0, kmPerPixel: 0.07 }, 100)).toBe(5)
    expect(scaleKm({ longitude: 0, latitude: 0, kmPerPixel: 0.3 }, 100)).toBe(20)
  })
})

describe('positions', () => {
  it('are told from fillers and mistakes', () => {
    expect(isPlace(123.4, 30.9)).toBe(true)
    expect(isPlace(0, 0)).toBe(false)
    expect(isPlace(123.4, 309)).toBe(false)
  })
  it('are found by the names of their fields', () => {
    const number = { type: 'decimal', masking: null }
    expect(coordinateFields([{ name: '经度', ...number }, { name: '纬度', ...number }])).toEqual({ longitude: '经度', latitude: '纬度' })
    expect(coordinateFields([{ name: 'Lon', ...number }, { name: 'LAT', ...number }])).toEqual({ longitude: 'Lon', latitude: 'LAT' })
    expect(coordinateFields([{ name: '经度', ...number }, { name: '纬度', type: 'decimal', masking: 'redact' }])).toBeUndefined()
  })
})
