import type { Entry } from '@datong/contracts'
import { Tag } from 'antd'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'

/** What the entry says of itself. */
export function EntryDescription({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  return (
    <Panel>
      <p className={entry.summary ? 'dt-prewrap' : 'dt-secondary'}>{entry.summary || t('catalog.noSummary')}</p>
      <dl className="dt-def" style={{ marginTop: 12 }}>
        <dt>{t('catalog.form.theme')}</dt>
        <dd>{t(`common.theme.${entry.theme}`)}</dd>
        {entry.keywords.length > 0 && (
          <>
            <dt>{t('catalog.form.keywords')}</dt>
            <dd className="dt-chips">{entry.keywords.map((word) => <Tag key={word}>{word}</Tag>)}</dd>
          </>
        )}
        {entry.sharingType === 'conditional' && (
          <>
            <dt>{t('catalog.form.sharingCondition')}</dt>
            <dd className="dt-prewrap">{entry.sharingCondition || '–'}</dd>
          </>
        )}
        {entry.sharingType === 'not-shared' && (
          <>
            <dt>{t('catalog.form.legalBasis')}</dt>
            <dd className="dt-prewrap">{entry.legalBasis || '–'}</dd>
          </>
        )}
        {entry.openingType === 'open' && (
          <>
            <dt>{t('catalog.form.licence')}</dt>
            <dd>{entry.licence}</dd>
          </>
        )}
        {entry.contact && (
          <>
            <dt>{t('catalog.form.contact')}</dt>
            <dd>{entry.contact}</dd>
          </>
        )}
      </dl>
    </Panel>
  )
}
