import { Segmented } from 'antd'
import { useState } from 'react'
import { useT } from '../../../shared/i18n/use-t.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { LANGUAGES, sampleOf, type SampleInput, type SampleLanguage } from './samples.ts'

const NAMES: Record<SampleLanguage, string> = { curl: 'curl', python: 'Python', javascript: 'JavaScript', java: 'Java' }

/** The same call in several languages, to copy. */
export function Samples({ input }: { readonly input: SampleInput }) {
  const { t } = useT()
  const [language, setLanguage] = useState<SampleLanguage>('curl')
  const text = sampleOf(language, input)
  return (
    <div className="dtp-code">
      <div className="dtp-code-head">
        <Segmented value={language} onChange={setLanguage} aria-label={t('portal.api.language')} options={LANGUAGES.map((one) => ({ value: one, label: NAMES[one] }))} />
        <CopyButton size="small" text={text} label={t('common.copy')} />
      </div>
      <pre tabIndex={0} aria-label={NAMES[language]}><code>{text}</code></pre>
    </div>
  )
}
