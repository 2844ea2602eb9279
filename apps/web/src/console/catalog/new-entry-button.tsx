import { CloudUploadOutlined } from '@ant-design/icons'
import { useT } from '../../shared/i18n/use-t.ts'
import { LinkButton } from '../../shared/ui/link-button.tsx'

/** The way to a new entry: its first file. */
export function NewEntryButton() {
  const { t } = useT()
  return <LinkButton to="/console/collection/upload" type="primary" icon={<CloudUploadOutlined />}>{t('catalog.newEntry')}</LinkButton>
}
