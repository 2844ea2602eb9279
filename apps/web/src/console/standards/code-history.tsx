import { operations } from '@datong/contracts'
import { Drawer } from 'antd'
import { useApi } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { pick } from '../../shared/ui/pick.ts'
import { Loaded } from '../../shared/ui/states.tsx'

interface CodeHistoryProps {
  readonly list: string
  readonly code: string
  readonly date?: string
  readonly onClose: () => void
}

/** When a code was called what, and what became of it by today. */
export function CodeHistory({ list, code, date, onClose }: CodeHistoryProps) {
  const { t } = useT()
  const read = useApi(operations.getCode, { params: { id: list, code }, query: pick('date', date) })
  return (
    <Drawer open onClose={onClose} title={t('standards.historyOf', { code })} size={420}>
      <Loaded of={read}>
        {({ path, spans, became }) => (
          <>
            {path.length > 0 && <p className="dt-secondary">{path.map((one) => one.name).join(' / ')}</p>}
            <ul className="dt-issues">
              {spans.map((span) => <li key={span.from}>{t('standards.span', { name: span.name, from: span.from <= '1990-01-01' ? '…' : span.from, until: span.until ?? t('standards.untilToday') })}</li>)}
            </ul>
            <p>{t(`standards.fate.${became.kind}`, { codes: became.codes.map((one) => `${one.code} ${one.name}`).join('、') })}</p>
          </>
        )}
      </Loaded>
    </Drawer>
  )
}
