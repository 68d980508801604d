"""findings by rule, severity and document are counted from an index"""

from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_finding_facets', 'finding', ['rule', 'severity', 'document_id'])


def downgrade() -> None:
    op.drop_index('ix_finding_facets', table_name='finding')
