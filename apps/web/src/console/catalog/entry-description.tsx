import { licenceById, operations, type Entry } from '@datong/contracts'
import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip } from '../../shared/ui/chips.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pathOf } from './classification/class-tree.ts'
import { RelatedEntries } from './related-entries.tsx'

/** What the entry says of itself: its core metadata, in the order of the guideline. */
export function EntryDescription({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const organisations = useApi(operations.listOrganisations, {}, { enabled: entry.visibleTo.length > 0 })
  const licence = licenceById(entry.licence)
  const late = entry.nextUpdateDueAt !== null && new Date(entry.nextUpdateDueAt) < new Date()
  const nameOf = (code: string): string => {
    const found = organisations.data?.items.find((one) => one.code === code)
    return found ? name(found) : code
  }
  return (
    <Panel>
      <p className={entry.summary ? 'dt-prewrap' : 'dt-secondary'}>{entry.summary || t('catalog.noSummary')}</p>
      <dl className="dt-def dt-def-dense" style={{ marginTop: 12 }}>
        <Line name={t('entry.classification')}><ClassPath code={entry.classification} /></Line>
        <Line name={t('catalog.form.theme')}>{t(`common.theme.${entry.theme}`)}</Line>
        <Line name={t('entry.resourceFormat')}>{t(`entry.format.${entry.resourceFormat}`)}</Line>
        {entry.keywords.length > 0 && <Line name={t('catalog.form.keywords')}><span className="dt-chips">{entry.keywords.map((word) => <Tag key={word}>{word}</Tag>)}</span></Line>}
        {entry.sharingType !== 'not-shared' && entry.sharingWays.length > 0 && <Line name={t('entry.sharingWays')}>{entry.sharingWays.map((way) => t(`entry.way.${way}`)).join(t('shell.and'))}</Line>}
        {entry.sharingType === 'conditional' && <Line name={t('catalog.form.sharingCondition')}>{entry.sharingCondition || '–'}</Line>}
        {entry.sharingType === 'not-shared' && <Line name={t('catalog.form.legalBasis')}>{entry.legalBasis || '–'}</Line>}
        {entry.openingType === 'on-application' && entry.openingCondition && <Line name={t('entry.openingCondition')}>{entry.openingCondition}</Line>}
        {entry.visibility !== 'all' && (
          <Line name={t('entry.visibility')}>
            <span className="dt-chips"><Chip tone="gamboge">{t(`entry.visibilityShort.${entry.visibility}`)}</Chip> {entry.visibleTo.map(nameOf).join(t('shell.and')) || t(`entry.visibility.${entry.visibility}`)}</span>
          </Line>
        )}
        {entry.openingType === 'open' && (
          <Line name={t('entry.licence')}>
            {licence ? <a href={licence.uri} rel="license noreferrer" target="_blank">{licence.short} · {t.language === 'en' ? licence.titleEn : licence.title}</a> : entry.licence}
          </Line>
        )}
        {entry.spatial && <Line name={t('entry.spatial')}>{entry.spatial.name} <span className="dt-secondary dt-mono">{entry.spatial.division}</span></Line>}
        {entry.temporal && <Line name={t('entry.temporal')}>{entry.temporal.from ?? '…'} – {entry.temporal.to ?? t('entry.temporalOpen')}</Line>}
        {entry.nextUpdateDueAt && (
          <Line name={t('entry.nextUpdate')}>
            <span className="dt-chips">{format.date(entry.nextUpdateDueAt)}{late && <Chip tone="cinnabar">{t('entry.nextUpdateLate')}</Chip>}</span>
          </Line>
        )}
        {(entry.contact || entry.contactPhone || entry.contactEmail) && (
          <Line name={t('entry.contact')}>
            <span className="dt-chips">
              {entry.contact}
              {entry.contactPhone && <a href={`tel:${entry.contactPhone.replace(/[^+\d]/g, '')}`}>{entry.contactPhone}</a>}
              {entry.contactEmail && <a href={`mailto:${entry.contactEmail}`}>{entry.contactEmail}</a>}
            </span>
          </Line>
        )}
        {entry.conformity !== null && <Line name={t('entry.conformity')}>{format.percent(entry.conformity, 0)}</Line>}
        {entry.origin && <Line name={t('entry.origin')}>{entry.origin.url ? <a href={entry.origin.url} rel="noreferrer" target="_blank">{entry.origin.source}</a> : entry.origin.source}</Line>}
        {entry.links.length > 0 && (
          <Line name={t('entry.group.links')}>
            <ul className="dt-issues">{entry.links.map((link) => <li key={link.url}><a href={link.url} rel="noreferrer" target="_blank">{link.title || link.url}</a> <span className="dt-secondary">{link.format}</span></li>)}</ul>
          </Line>
        )}
        <RelatedEntries code={entry.code} base="/console/catalog" />
      </dl>
    </Panel>
  )
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="dt-prewrap">{children}</dd>
    </>
  )
}

/** 类 › 项 › 目 with the code. */
function ClassPath({ code }: { readonly code: string }) {
  const { t } = useT()
  const classes = useApi(operations.listClassification)
  const path = pathOf(classes.data?.items ?? [], code, (node) => (t.language === 'en' && node.nameEn ? node.nameEn : node.name))
  return <>{path.join(' › ')} <span className="dt-secondary dt-mono">{code}</span></>
}
