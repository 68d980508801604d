"""tables and budget rows are found by their address"""

from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_anggaran_address', 'anggaran', ['document_id', 'tabel', 'baris'])
    op.create_index('ix_logical_table_address', 'logical_table', ['document_id', 'tabel'])


def downgrade() -> None:
    op.drop_index('ix_logical_table_address', table_name='logical_table')
    op.drop_index('ix_anggaran_address', table_name='anggaran')
