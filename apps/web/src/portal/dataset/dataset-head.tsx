import { ApiOutlined, SafetyOutlined } from '@ant-design/icons'
import { operations, type Entry } from '@datong/contracts'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { AddToCart } from '../../shared/cart/add-to-cart.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip, GradeChip, OpeningChip } from '../../shared/ui/chips.tsx'
import { LinkButton } from '../../shared/ui/link-button.tsx'
import { Stars } from '../../shared/ui/stars.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { EntryTitle, InChinese } from '../parts/entry-title.tsx'
import { DownloadMenu } from './download-menu.tsx'
import { HowToGet } from './how-to-get.tsx'
import { LicenceName } from './licence.tsx'

/** Name, worth and ground of a data set, and the ways to get it. */
export function DatasetHead({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  const format = useFormat()
  const nameOf = useName()
  const quality = useApi(operations.getQuality, { params: { code: entry.code }, query: {} }, { enabled: entry.version !== null })
  const updated = entry.dataUpdatedAt ?? entry.changedAt
  const open = entry.openingType === 'open'
  return (
    <header className="dtp-dataset-head">
      <nav aria-label={t('portal.dataset.path')} className="dtp-path">
        <Link to="/datasets">{t('portal.nav.datasets')}</Link>
        <span aria-hidden>/</span>
        <Link to={`/datasets?theme=${entry.theme}`}>{t(`common.theme.${entry.theme}`)}</Link>
      </nav>
      <div className="dtp-dataset-title">
        <h1 className="dtp-h1"><EntryTitle entry={entry} /></h1>
        <div className="dt-chips">
          <Stars stars={entry.stars} {...(quality.data ? { overall: quality.data.overall, at: quality.data.checkedAt } : {})} />
          <OpeningChip type={entry.openingType} />
          <Protection entry={entry} />
        </div>
      </div>
      {entry.summary !== '' && <p className="dtp-dataset-summary dt-prewrap"><InChinese>{entry.summary}</InChinese></p>}
      <div className="dtp-dataset-actions">
        {open && entry.version !== null && <DownloadMenu entry={entry} />}
        <LinkButton to="?tab=api" size="large" icon={<ApiOutlined />}>{t('portal.dataset.callApi')}</LinkButton>
        {open && entry.allowedActions.includes('apply') && <AddToCart entry={entry} size="large" />}
        <CopyButton size="large" text={`${location.origin}/datasets/${entry.code}`} label={t('portal.dataset.copyLink')} />
      </div>
      {!open && <HowToGet entry={entry} />}
      <dl className="dtp-facts">
        <Fact name={t('portal.fact.provider')}><Link to={`/datasets?organisation=${entry.organisation.code}`}>{nameOf(entry.organisation)}</Link></Fact>
        <Fact name={t('portal.fact.updated')}><time dateTime={updated} title={format.dateTime(updated)}>{format.ago(updated, new Date())}</time></Fact>
        <Fact name={t('portal.fact.cycle')}>{t(`common.cycle.${entry.updateCycle}`)}</Fact>
        <Fact name={t('portal.fact.size')}>
          {entry.rowCount === null ? '–' : t('portal.rowsFields', { rows: format.number(entry.rowCount), fields: entry.fieldCount })}
        </Fact>
        <Fact name={t('portal.fact.licence')}><LicenceName licence={entry.licence} /></Fact>
        <Fact name={t('portal.fact.code')}><span className="dt-mono">{entry.code}</span></Fact>
        {entry.contact !== '' && <Fact name={t('portal.fact.contact')}><InChinese>{entry.contact}</InChinese></Fact>}
        {entry.keywords.length > 0 && (
          <Fact name={t('portal.fact.keywords')}>
            <span className="dtp-keywords" lang="zh-CN">
              {entry.keywords.map((word) => <Link key={word} to={`/datasets?${new URLSearchParams({ q: word })}`}>{word}</Link>)}
            </span>
          </Fact>
        )}
      </dl>
    </header>
  )
}

/** The grade; where data are open all the same, what was done to make them so: a stricter grade alone would puzzle. */
function Protection({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  const masked = entry.fields.filter((field) => field.masking !== null).length
  if (entry.openingType !== 'open' || entry.grade === 'public') return <GradeChip grade={entry.grade} />
  return masked > 0 ? <Chip tone="primary" icon={<SafetyOutlined />}>{t('common.maskedFields', { count: masked })}</Chip> : null
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
