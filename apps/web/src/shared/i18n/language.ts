import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const STORED_AS = 'datong.language'

const loaders: Record<Language, () => Promise<{ texts: Record<string, Record<string, string>> }>> = {
  'zh-CN': () => import('../messages/zh-CN.ts'),
  en: () => import('../messages/en.ts'),
}

const isLanguage = (value: string | null): value is Language => LANGUAGES.some((language) => language === value)

/** The language chosen before on this device; Chinese for a first visit. */
function rememberedLanguage(): Language {
  try {
    const stored = localStorage.getItem(STORED_AS)
    return isLanguage(stored) ? stored : 'zh-CN'
  } catch {
    return 'zh-CN' // storage is refused in some private windows
  }
}

/** Texts by full key, `area.name`. */
export const flatten = (areas: Record<string, Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(areas).flatMap(([area, texts]) => Object.entries(texts).map(([key, text]) => [`${area}.${key}`, text])),
  )

async function ensureLoaded(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return
  const { texts } = await loaders[language]()
  i18next.addResourceBundle(language, 'translation', flatten(texts))
}

function apply(language: Language): void {
  document.documentElement.lang = language
  dayjs.locale(language === 'en' ? 'en' : 'zh-cn')
}

/** Starts translation; resolves when the texts of the remembered language are there. */
export async function startLanguage(): Promise<void> {
  const language = rememberedLanguage()
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    partialBundledLanguages: true,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false }, // React escapes
    react: { useSuspense: false },
  })
  await ensureLoaded(language)
  apply(language)
}

/** Changes the language at once and remembers it on this device. */
export async function changeLanguage(language: Language): Promise<void> {
  await ensureLoaded(language)
  apply(language)
  await i18next.changeLanguage(language)
  try {
    localStorage.setItem(STORED_AS, language)
  } catch {
    // not remembered where storage is refused; the change itself holds
  }
}
