import { operations, type StandardsImport } from '@datong/contracts'
import { Link, useNavigate } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { ImportForm } from './import-form.tsx'
import { STANDARDS } from './standards-frame.tsx'
import './standards.css'

/** Brings elements and code lists in from files: preview first, one undo after. */
export function ImportsPage() {
  const { t } = useT()
  const { can } = useSession()
  const format = useFormat()
  const navigate = useNavigate()
  const pages = usePages(operations.listStandardsImports)
  return (
    <>
      <p className="dt-secondary dt-lead">{t('standards.importsIntro')}</p>
      {can(operations.previewStandardsImport) && <Panel title={t('standards.importFile')}><ImportForm onRead={({ id }) => void navigate(`${STANDARDS}/imports/${id}`)} /></Panel>}
      <Panel title={t('standards.importsDone')} flush>
        <DataTable<StandardsImport>
          label={t('standards.imports')} pages={pages} rowKey={({ id }) => id} empty={{ title: t('standards.noImports'), hint: t('standards.noImportsHint') }}
          columns={[
            { key: 'file', title: t('standards.file'), render: (one) => <div className="dt-cell-title"><Link to={`${STANDARDS}/imports/${one.id}`}>{one.fileName || '—'}</Link><div className="dt-secondary dt-cell-sub">{one.list ?? t('standards.elements')} · {one.label}</div></div> },
            { key: 'counts', title: t('standards.change'), render: ({ counts }) => t('standards.counts', counts) },
            { key: 'from', title: t('standards.from'), render: (one) => one.inForceFrom },
            { key: 'state', title: t('standards.stateTitle'), render: (one) => t(`standards.importState.${one.state}`) },
            { key: 'made', title: t('standards.madeAt'), render: (one) => `${format.dateTime(one.madeAt)} ${one.madeBy.name}` },
          ]}
        />
      </Panel>
    </>
  )
}
