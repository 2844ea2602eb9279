import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from './language.ts'
import type { MessageKey } from './messages.ts'

export type TextParams = Readonly<Record<string, string | number | boolean>>

export interface Translate {
  (key: MessageKey, params?: TextParams): string
  readonly language: Language
  /** The text for a value that the server chose (`prefix` + `value`), or the fallback when there is none. */
  maybe(prefix: string, value: string, fallback?: string, params?: TextParams): string
}

/** Texts of the current language; the component follows a change of language. */
export function useT(): { t: Translate; language: Language } {
  const { t: translate, i18n } = useTranslation()
  const language: Language = i18n.language === 'en' ? 'en' : 'zh-CN'
  return useMemo(() => {
    const t: Translate = Object.assign((key: MessageKey, params?: TextParams) => translate(key, { ...params }), {
      language,
      maybe: (prefix: string, value: string, fallback = value, params?: TextParams) =>
        i18n.exists(prefix + value) ? translate(prefix + value, { ...params }) : fallback,
    })
    return { t, language }
  }, [translate, i18n, language])
}
