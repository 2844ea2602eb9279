import type { EntrySummary } from '@datong/contracts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Ranged } from '../../shared/ui/ranged.tsx'

type Titled = Pick<EntrySummary, 'title' | 'titleEn'>

/** The title in the language of the interface, or in Chinese where there is no other. */
export function useEntryTitle(): (entry: Titled) => string {
  const { language } = useT()
  return (entry) => (language === 'en' && entry.titleEn ? entry.titleEn : entry.title)
}

/** Title of a data set with what was found in the Chinese one marked; says its language where it is not that of the page. */
export function EntryTitle({ entry, ranges = [] }: { readonly entry: Titled; readonly ranges?: readonly (readonly [number, number])[] | undefined }) {
  const { language } = useT()
  const title = useEntryTitle()(entry)
  return <span lang={language === 'en' && !entry.titleEn ? 'zh-CN' : undefined}><Ranged text={title} ranges={title === entry.title ? ranges : []} /></span>
}

/** Words that departments wrote, in Chinese. */
export function InChinese({ children }: { readonly children: React.ReactNode }) {
  const { language } = useT()
  return <span lang={language === 'en' ? 'zh-CN' : undefined}>{children}</span>
}
