import type { THEMES } from '@datong/contracts'

type Theme = (typeof THEMES)[number]

/** Themes as the city's departments call them, in those of the catalogue. */
const THEME_OF: ReadonlyMap<string, Theme> = new Map<string, Theme>([
  ['市场监管', 'market'], ['信用公示', 'law'], ['社会保障', 'employment'], ['税务', 'finance'], ['财政', 'finance'], ['自然资源', 'housing'],
  ['住房保障', 'housing'], ['卫生健康', 'health'], ['公安户籍', 'public-security'], ['公安交管', 'transport'], ['民政', 'civil-affairs'],
  ['交通出行', 'transport'], ['生态环境', 'environment'], ['教育', 'education'],
])

export const themeOf = (name: string): Theme => THEME_OF.get(name) ?? 'other'
