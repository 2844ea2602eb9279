import { operations, type Purpose } from '@datong/contracts'
import { Button } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { Empty, Loaded } from '../../shared/ui/states.tsx'
import { useFilters } from '../../shared/ui/use-filters.ts'
import { EntryPicker } from './entry-picker.tsx'
import { Needs } from './needs.tsx'
import { PurposeDialog } from './purpose-dialog.tsx'
import { PurposeStateChip } from './purposes-page.tsx'
import './purposes.css'

/** One purpose with the fields that it needs: set by the steward, or learnt from approved applications of an entry. */
export function PurposePage() {
  const { t } = useT()
  const { code = '' } = useParams()
  const { values, set } = useFilters(['entry'])
  const needs = useApi(operations.getPurposeNeeds, { params: { code }, query: pick('entryCode', values.entry) }, { keepPrevious: true })
  return (
    <Loaded of={needs} rows={8}>
      {({ purpose, items }) => (
        <>
          <Head purpose={purpose} />
          <Panel title={t('purposes.needs')} extra={<EntryPicker value={values.entry} onChange={(entry) => set('entry', entry)} />}>
            <p className="dt-secondary dt-lead">{values.entry ? t('purposes.needsOfEntry') : t('purposes.needsOfAll')}</p>
            {items.length === 0 && values.entry && <Empty title={t('purposes.noNeeds')} />}
            <Needs key={`${values.entry ?? ''}-${purpose.revision}`} purpose={purpose} entryCode={values.entry ?? null} items={items} />
          </Panel>
        </>
      )}
    </Loaded>
  )
}

function Head({ purpose }: { readonly purpose: Purpose }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can } = useSession()
  const [changing, setChanging] = useState(false)
  return (
    <>
      <PageHeader
        back={{ to: '/console/governance/purposes', text: t('purposes.title') }} title={name(purpose)} chips={<PurposeStateChip state={purpose.state} />}
        facts={<><span className="dt-mono">{purpose.code}</span><span>{t('purposes.changedOn', { date: format.date(purpose.changedAt) })}</span></>}
        actions={can(operations.savePurpose) && <Button onClick={() => setChanging(true)}>{t('common.edit')}</Button>}
      />
      <Panel>
        <dl className="dt-def">
          <dt>{t('sharing.form.legalBasis')}</dt><dd className="dt-prewrap">{purpose.legalBasis}</dd>
          {purpose.description && <><dt>{t('purposes.description')}</dt><dd className="dt-prewrap">{purpose.description}</dd></>}
          <dt>{t('purposes.words')}</dt><dd>{purpose.words.join(t('shell.and')) || '–'}</dd>
        </dl>
      </Panel>
      {changing && <PurposeDialog purpose={purpose} onClose={() => setChanging(false)} />}
    </>
  )
}
