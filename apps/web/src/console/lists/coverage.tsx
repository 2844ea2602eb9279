import type { operations, ResponseOf } from '@datong/contracts'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'

type Figures = ResponseOf<typeof operations.listResponsibilities>['departments'][number]

/** How much of each department's list is published; choosing one shows only its items. */
export function Coverage({ departments, chosen, onChoose }: { readonly departments: readonly Figures[]; readonly chosen: string | undefined; readonly onChoose: (code: string | undefined) => void }) {
  const { t } = useT()
  const name = useName()
  return (
    <ul className="dt-coverage">
      {departments.toSorted((a, b) => a.published / a.all - b.published / b.all).map(({ department, all, published, late }) => (
        <li key={department.code}>
          <button type="button" aria-pressed={chosen === department.code} onClick={() => onChoose(chosen === department.code ? undefined : department.code)}>
            <span>{name(department)}</span>
            <span className="dt-coverage-bar" aria-hidden><span style={{ width: `${(published / all) * 100}%` }} /></span>
            <span className="dt-number">{t('lists.covered', { share: Math.round((published / all) * 100), published, all })}{late > 0 && ` · ${t('lists.lateCount', { count: late })}`}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
