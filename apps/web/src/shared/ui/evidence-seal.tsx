import { Tooltip } from 'antd'
import { Link } from 'react-router'
import { useT } from '../i18n/use-t.ts'
import './chips.css'

/** The small square seal that opens the receipt of a deed; nothing where there is none. */
export function EvidenceSeal({ receiptId }: { readonly receiptId: string | null }) {
  const { t } = useT()
  if (!receiptId) return null
  return (
    <Tooltip title={t('common.sealOpen')}>
      <Link className="dt-seal" to={`/console/evidence/receipts/${receiptId}`} aria-label={t('common.sealOpen')}>
        证
      </Link>
    </Tooltip>
  )
}
