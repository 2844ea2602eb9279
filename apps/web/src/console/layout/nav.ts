import {
  ApartmentOutlined, BankOutlined, CheckSquareOutlined, CloudUploadOutlined, DashboardOutlined, FileProtectOutlined, LineChartOutlined, ProfileOutlined,
  SafetyCertificateOutlined, SettingOutlined,
} from '@ant-design/icons'
import { operations, type Operation } from '@datong/contracts'
import type { ComponentType } from 'react'
import type { MessageKey } from '../../shared/i18n/messages.ts'

export interface NavItem {
  readonly to: string
  readonly text: MessageKey
  readonly icon: ComponentType
  /** Shown to those who may call one of these. */
  readonly needs: readonly Operation[]
}

/** The console's navigation follows the data from source to proof. */
const NAV: readonly NavItem[] = [
  { to: '/console', text: 'shell.nav.overview', icon: DashboardOutlined, needs: [operations.signOut] },
  { to: '/console/catalog', text: 'shell.nav.catalog', icon: ProfileOutlined, needs: [operations.searchEntries] },
  { to: '/console/collection', text: 'shell.nav.collection', icon: CloudUploadOutlined, needs: [operations.listLoads] },
  { to: '/console/quality', text: 'shell.nav.quality', icon: CheckSquareOutlined, needs: [operations.qualityOverview] },
  { to: '/console/sharing', text: 'shell.nav.sharing', icon: ApartmentOutlined, needs: [operations.listApplications] },
  { to: '/console/calls', text: 'shell.nav.delivery', icon: LineChartOutlined, needs: [operations.usage] },
  { to: '/console/protection', text: 'shell.nav.protection', icon: SafetyCertificateOutlined, needs: [operations.getMaskingPolicy] },
  { to: '/console/evidence', text: 'shell.nav.evidence', icon: FileProtectOutlined, needs: [operations.listEvidence] },
  { to: '/console/governance', text: 'shell.nav.governance', icon: BankOutlined, needs: [operations.listCredit] },
  { to: '/console/settings', text: 'shell.nav.settings', icon: SettingOutlined, needs: [operations.listUsers] },
]

/** Items that a person may use, in order. */
export const usable = (can: (operation: Operation) => boolean): readonly NavItem[] => NAV.filter((item) => item.needs.some(can))
