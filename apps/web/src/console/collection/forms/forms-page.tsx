import { PlusOutlined } from '@ant-design/icons'
import { type FormSummary, operations } from '@datong/contracts'
import { Link } from 'react-router'
import { useSession } from '../../../shared/api/session.tsx'
import { usePages } from '../../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { DataTable } from '../../../shared/ui/data-table.tsx'
import { LinkButton } from '../../../shared/ui/link-button.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { FormStateChip, FormTaskChip } from './form-chips.tsx'
import { RoundFigures } from './rounds-panel.tsx'
import { StandingChip } from './standing-chip.tsx'

/** 填报: what the bureau asks departments to fill in. */
export function FormsPage() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can } = useSession()
  const pages = usePages(operations.listForms)
  const designs = can(operations.createForm)
  const add = designs && <LinkButton type="primary" icon={<PlusOutlined />} to="/console/collection/forms/new">{t('forms.add')}</LinkButton>
  return (
    <Panel flush title={t('forms.title')} extra={add}>
      <DataTable<FormSummary>
        pages={pages} rowKey={({ id }) => id} label={t('forms.title')}
        empty={{ title: t('forms.none'), hint: designs ? t('forms.noneHintSteward') : t('forms.noneHint'), action: add || undefined }}
        columns={[
          { key: 'title', title: t('forms.form'), render: (one) => <div className="dt-cell-title"><Link to={`/console/collection/forms/${one.id}`}>{one.title}</Link><div className="dt-secondary dt-cell-sub">{name(one.organisation)}{one.schedule.rhythm !== 'once' && <> · {t(`forms.rhythm.${one.schedule.rhythm}`)}</>}</div></div> },
          { key: 'round', title: t('forms.round'), render: (one) => <span className="dt-nowrap">{one.round?.period ?? '–'}</span> },
          { key: 'state', title: t('forms.stateColumn'), render: (one) => (one.own === null || one.state !== 'open' ? <FormStateChip state={one.state} /> : <FormTaskChip state={one.own.state} />) },
          { key: 'handed', title: t('forms.handedIn'), render: (one) => (one.round === null ? '–' : <RoundFigures round={one.round} />) },
          { key: 'rows', title: t('forms.ownRows'), render: (one) => <span className="dt-number">{one.own === null ? '–' : format.number(one.own.rows)}</span> },
          { key: 'due', title: t('forms.dueOn'), render: (one) => <DueCell form={one} /> },
        ]}
      />
    </Panel>
  )
}

/** The own part's day for who fills it in, the round's for others; before the first round the day on which it opens. */
function DueCell({ form: { own, round, dueOn, next, state } }: { readonly form: FormSummary }) {
  const { t } = useT()
  const format = useFormat()
  if (round === null) return <span className="dt-nowrap">{next === null ? dueOn ?? '–' : t('forms.nextRound', { period: next.period, opens: format.date(next.opensAt), due: format.date(next.dueAt) })}</span>
  const day = own === null ? round.dueAt : own.dueAt
  return <>{day !== null && <span className="dt-nowrap">{format.date(day)} </span>}{own !== null && state === 'open' ? <StandingChip task={own} /> : day === null && '–'}</>
}
