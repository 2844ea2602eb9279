import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadLanguage } from './language.ts'
import { SHIPPED_WORDS } from './shipped-words.ts'
import { measureKnownItem } from './testing/known-item.ts'

const SHARED = process.env['DATONG_SHARED'] ?? join(import.meta.dirname, '../../../../../../../shared')
const TITLES = join(SHARED, 'data/reference/tw_datagovtw_titles.txt')

/** A fixed walk through the titles, so that the figure is the same each time. */
function repeatable(seed: number): () => number {
  let state = seed
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
}

describe('known-item search', () => {
  it.skipIf(!existsSync(TITLES))('brings a real title among the first ten for two or three words of it in simplified script (DATONG_SHARED)', () => {
    const titles = readFileSync(TITLES, 'utf8').split('\n').map((line) => line.trim()).filter((line) => line !== '')
    const { top10, top10ByChance, certainByChance, missed, asked } = measureKnownItem(titles, loadLanguage(SHIPPED_WORDS), 12, repeatable(11))
    console.log(`known-item: ${asked} titles, top 10 ${(100 * top10).toFixed(1)} %, words by chance ${(100 * top10ByChance).toFixed(1)} %, of ${(100 * certainByChance).toFixed(1)} % that ten titles at most fit`)
    expect(missed.length / asked, missed.slice(0, 20).join('\n')).toBeLessThanOrEqual(0.05)
    expect(top10).toBeGreaterThanOrEqual(0.95)
    // Whatever words: a title that ten at most fit is found.
    expect(top10ByChance).toBeGreaterThanOrEqual(certainByChance - 0.005)
  }, 120_000)
})
