import type { LocalisedText, ThemeDescription } from '../description.ts'
import { euCode, euConcept } from './eu.ts'

interface ThemeTerm {
  readonly label: LocalisedText
  /** Code of the EU `data-theme` list; null where none fits. */
  readonly eu: string | null
}

/** Themes of the catalogue (主题分类) and what each is in the EU `data-theme` list. */
const THEME_TERMS: Readonly<Record<string, ThemeTerm>> = {
  market: { label: { 'zh-CN': '市场监管', en: 'Market regulation' }, eu: 'ECON' },
  employment: { label: { 'zh-CN': '社保就业', en: 'Employment and social security' }, eu: 'SOCI' },
  housing: { label: { 'zh-CN': '城建住房', en: 'Housing and construction' }, eu: 'REGI' },
  health: { label: { 'zh-CN': '医疗卫生', en: 'Health' }, eu: 'HEAL' },
  education: { label: { 'zh-CN': '教育', en: 'Education' }, eu: 'EDUC' },
  transport: { label: { 'zh-CN': '交通运输', en: 'Transport' }, eu: 'TRAN' },
  environment: { label: { 'zh-CN': '生态环境', en: 'Environment' }, eu: 'ENVI' },
  finance: { label: { 'zh-CN': '财税金融', en: 'Finance and taxation' }, eu: 'ECON' },
  'civil-affairs': { label: { 'zh-CN': '民政', en: 'Civil affairs' }, eu: 'SOCI' },
  'public-security': { label: { 'zh-CN': '公共安全', en: 'Public security' }, eu: 'JUST' },
  agriculture: { label: { 'zh-CN': '农业农村', en: 'Agriculture' }, eu: 'AGRI' },
  culture: { label: { 'zh-CN': '文化休闲', en: 'Culture and leisure' }, eu: 'EDUC' },
  energy: { label: { 'zh-CN': '资源能源', en: 'Resources and energy' }, eu: 'ENER' },
  law: { label: { 'zh-CN': '法律服务', en: 'Law and credit' }, eu: 'JUST' },
  science: { label: { 'zh-CN': '科技创新', en: 'Science and technology' }, eu: 'TECH' },
  other: { label: { 'zh-CN': '其他', en: 'Other' }, eu: null },
}

/** Themes of ours that stand for a whole EU theme when one comes in. */
const FROM_EU: Readonly<Record<string, string>> = {
  AGRI: 'agriculture', ECON: 'finance', EDUC: 'education', ENER: 'energy', ENVI: 'environment', HEAL: 'health', JUST: 'law',
  REGI: 'housing', SOCI: 'civil-affairs', TECH: 'science', TRAN: 'transport',
}

/** English names of the EU themes that ours are mapped to. */
export const EU_THEME_LABELS: Readonly<Record<string, string>> = {
  AGRI: 'Agriculture, fisheries, forestry and food', ECON: 'Economy and finance', EDUC: 'Education, culture and sport', ENER: 'Energy',
  ENVI: 'Environment', GOVE: 'Government and public sector', HEAL: 'Health', INTR: 'International issues',
  JUST: 'Justice, legal system and public safety', REGI: 'Regions and cities', SOCI: 'Population and society',
  TECH: 'Science and technology', TRAN: 'Transport',
}

/** A theme of the catalogue as descriptions carry it; an unknown id is its own label. */
export function themeOf(id: string): ThemeDescription {
  const term = THEME_TERMS[id]
  if (term === undefined) return { id: null, iri: null, label: { 'zh-CN': id } }
  return { id, iri: term.eu === null ? null : euConcept('data-theme', term.eu), label: term.label }
}

/** The theme of ours for an IRI of the EU list; undefined when there is none. */
export function themeFromEu(iri: string): string | undefined {
  const code = euCode('data-theme', iri)
  return code === undefined ? undefined : FROM_EU[code]
}
