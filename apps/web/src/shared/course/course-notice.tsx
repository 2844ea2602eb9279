import type { Entry } from '@datong/contracts'
import { Alert } from 'antd'
import { Link } from 'react-router'
import { useT } from '../i18n/use-t.ts'

/** What whoever opens an entry must know first: why it was returned, or when it ends. */
export function CourseNotice({ entry, base = '/console/catalog' }: { readonly entry: Pick<Entry, 'state' | 'faults' | 'withdrawal'>; readonly base?: string }) {
  const { t } = useT()
  const { withdrawal, faults, state } = entry
  return (
    <>
      {state === 'returned' && faults.length > 0 && (
        <Alert
          type="warning" showIcon title={t('clocks.fault.title')} style={{ marginBottom: 16 }}
          description={<ul className="dt-issues">{faults.map(({ item, missing }) => <li key={`${item} ${missing}`}><strong>{item}</strong> {missing}</li>)}</ul>}
        />
      )}
      {withdrawal && (state === 'published' || state === 'withdrawn') && (
        <Alert
          type={state === 'published' ? 'warning' : 'info'} showIcon style={{ marginBottom: 16 }}
          title={t(state === 'published' ? 'clocks.withdrawal.announced' : 'clocks.withdrawal.done', { day: withdrawal.endsOn })}
          description={<>{withdrawal.reason}{withdrawal.replacedBy && <> <Link to={`${base}/${withdrawal.replacedBy}`}>{t('clocks.withdrawal.successor')}</Link></>}</>}
        />
      )}
    </>
  )
}
