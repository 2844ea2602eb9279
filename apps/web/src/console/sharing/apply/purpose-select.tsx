import { Select } from 'antd'
import { useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { usePurposes } from './use-purposes.ts'
import type { Wishes } from './wishes.ts'

/** The purpose from the catalogue; its legal basis is proposed where none has been written yet. */
export function PurposeSelect({ wishes, onChange, id }: { readonly wishes: Wishes; readonly onChange: (change: Partial<Wishes>) => void; readonly id?: string }) {
  const { t } = useT()
  const name = useName()
  const purposes = usePurposes()
  const known = purposes.find(({ code }) => code === wishes.purposeCode)
  const choose = (code: string | null): void => {
    const next = purposes.find((one) => one.code === code)
    const proposed = wishes.legalBasis.trim() === '' || wishes.legalBasis === known?.legalBasis
    onChange({ purposeCode: code, ...(proposed ? { legalBasis: next?.legalBasis ?? '' } : {}) })
  }
  return (
    <>
      <Select
        {...(id ? { id } : {})} className="dt-apply-purpose" allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={t('apply.purposePlaceholder')} aria-label={t('apply.purposeCatalogue')}
        value={wishes.purposeCode} onChange={(code) => choose(code ?? null)}
        options={purposes.map((one) => ({ value: one.code, label: name(one) }))}
      />
      {known?.description && <p className="dt-secondary">{known.description}</p>}
    </>
  )
}
