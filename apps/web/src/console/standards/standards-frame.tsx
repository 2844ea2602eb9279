import { operations } from '@datong/contracts'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { SectionTabs } from '../../shared/ui/section-tabs.tsx'

export const STANDARDS = '/console/catalog/standards'

/** The parts of the standards: elements, code lists, how far fields keep to them, imports. */
export function StandardsFrame() {
  const { t } = useT()
  const { can } = useSession()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const tabs = [
    { key: STANDARDS, label: t('standards.elements') },
    { key: `${STANDARDS}/code-lists`, label: t('standards.lists') },
    ...(can(operations.conformity) ? [{ key: `${STANDARDS}/conformity`, label: t('standards.conformity') }] : []),
    ...(can(operations.listStandardsImports) ? [{ key: `${STANDARDS}/imports`, label: t('standards.imports') }] : []),
  ]
  return (
    <>
      <SectionTabs label={t('standards.title')} value={pathname.replace(/\/$/, '')} items={tabs} onChange={(key) => void navigate(key)} />
      <Outlet />
    </>
  )
}
