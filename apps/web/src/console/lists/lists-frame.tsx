import { operations } from '@datong/contracts'
import { Segmented } from 'antd'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import './lists.css'

const BASE = '/console/catalog/lists'

/** The three lists, one beside the other. */
export function ListsFrame() {
  const { t } = useT()
  const { can } = useSession()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const parts = [
    ...(can(operations.listResponsibilities) ? [{ value: BASE, label: t('lists.responsibility') }, { value: `${BASE}/negative`, label: t('lists.negative') }] : []),
    { value: `${BASE}/demands`, label: t('lists.demands') },
  ]
  return (
    <>
      <Segmented className="dt-lists-choice" aria-label={t('lists.title')} options={parts} value={pathname.replace(/\/$/, '')} onChange={(to) => void navigate(to)} />
      <Outlet />
    </>
  )
}
