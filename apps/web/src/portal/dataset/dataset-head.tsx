import { ApiOutlined, SafetyOutlined } from '@ant-design/icons'
import { operations, type Entry } from '@datong/contracts'
import { Link } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { AddToCart } from '../../shared/cart/add-to-cart.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip, GradeChip, OpeningChip } from '../../shared/ui/chips.tsx'
import { CourseNotice } from '../../shared/course/course-notice.tsx'
import { FollowButton } from '../../shared/following/follow-button.tsx'
import { ReportErrorButton } from '../../shared/tickets/report-error.tsx'
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
        <FollowButton entry={entry} size="large" />
        <ReportErrorButton entry={entry} size="large" />
        <CopyButton size="large" text={`${location.origin}/datasets/${entry.code}`} label={t('portal.dataset.copyLink')} />
      </div>
      <CourseNotice entry={entry} base="/datasets" />
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
        {entry.spatial && <Fact name={t('entry.spatial')}><InChinese>{entry.spatial.name || entry.spatial.division}</InChinese></Fact>}
        {entry.temporal && <Fact name={t('entry.temporal')}>{entry.temporal.from ?? '…'} – {entry.temporal.to ?? t('entry.temporalOpen')}</Fact>}
        {entry.nextUpdateDueAt && <Fact name={t('entry.nextUpdate')}><time dateTime={entry.nextUpdateDueAt}>{format.date(entry.nextUpdateDueAt)}</time></Fact>}
        {!open && entry.openingCondition !== '' && <Fact name={t('entry.openingCondition')}><InChinese>{entry.openingCondition}</InChinese></Fact>}
        {(entry.contact || entry.contactPhone || entry.contactEmail) && (
          <Fact name={t('portal.fact.contact')}>
            <span className="dt-chips">
              <InChinese>{entry.contact}</InChinese>
              {entry.contactPhone && <a href={`tel:${entry.contactPhone.replace(/[^+\d]/g, '')}`}>{entry.contactPhone}</a>}
              {entry.contactEmail && <a href={`mailto:${entry.contactEmail}`}>{entry.contactEmail}</a>}
            </span>
          </Fact>
        )}
        {entry.links.length > 0 && (
          <Fact name={t('entry.group.links')}>
            {entry.links.map((link) => <div key={link.url}><a href={link.url} rel="noreferrer" target="_blank">{link.title || link.url}</a> <span className="dt-secondary">{link.format}</span></div>)}
          </Fact>
        )}
        <RelatedFacts code={entry.code} />
        <Fact name={t('following.feed')}><a href={`/feeds/entries/${entry.code}`}>Atom</a></Fact>
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

/** Entries that this one names, and those that name it, by how they stand to it. */
function RelatedFacts({ code }: { readonly code: string }) {
  const { t } = useT()
  const related = useApi(operations.listRelatedEntries, { params: { code } })
  const items = related.data?.items.filter(({ state }) => state === 'published') ?? []
  return [...Map.groupBy(items, ({ kind, direction }) => (direction === 'to' ? `entry.relation.${kind}` as const : `entry.inverse.${kind}` as const))].map(([key, others]) => (
    <Fact key={key} name={t(key)}>
      {others.map((one) => <div key={one.code}><Link to={`/datasets/${one.code}`} lang="zh-CN">{one.title}</Link></div>)}
    </Fact>
  ))
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
