"""The first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "district",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kato", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("name_kk", sa.String(), nullable=False),
        sa.Column("name_ru", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("population_on", sa.String(), nullable=False),
        sa.Column("population_source", sa.String(), nullable=False),
        sa.Column("lat_e6", sa.Integer(), nullable=True),
        sa.Column("lon_e6", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_district")),
        sa.UniqueConstraint("slug", name=op.f("uq_district_slug")),
    )
    op.create_table(
        "import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("package", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_refused", sa.Integer(), nullable=False),
        sa.Column("projects_new", sa.Integer(), nullable=False),
        sa.Column("projects_changed", sa.Integer(), nullable=False),
        sa.Column("projects_unchanged", sa.Integer(), nullable=False),
        sa.Column("statements_added", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import")),
    )
    op.create_table(
        "person",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("home_lat_e6", sa.Integer(), nullable=True),
        sa.Column("home_lon_e6", sa.Integer(), nullable=True),
        sa.Column("radius_m", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_person")),
    )
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name_kk", sa.String(), nullable=False),
        sa.Column("name_ru", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("aliases", sa.String(), nullable=False),
        sa.Column("districts", sa.String(), nullable=False),
        sa.Column("lat_e6", sa.Integer(), nullable=False),
        sa.Column("lon_e6", sa.Integer(), nullable=False),
        sa.Column("cell", sa.Integer(), nullable=False),
        sa.Column("stems", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("key", name=op.f("uq_place_key")),
    )
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_cell"), ["cell"], unique=False)

    op.create_table(
        "project",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title_kk", sa.String(), nullable=False),
        sa.Column("title_ru", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("description_kk", sa.Text(), nullable=False),
        sa.Column("description_ru", sa.Text(), nullable=False),
        sa.Column("description_en", sa.Text(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("sector_no", sa.SmallInteger(), nullable=False),
        sa.Column("kind_no", sa.SmallInteger(), nullable=False),
        sa.Column("status_no", sa.SmallInteger(), nullable=False),
        sa.Column("district_no", sa.Integer(), nullable=False),
        sa.Column("districts", sa.String(), nullable=False),
        sa.Column("programmes", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("lat_e6", sa.Integer(), nullable=True),
        sa.Column("lon_e6", sa.Integer(), nullable=True),
        sa.Column("cell", sa.Integer(), nullable=True),
        sa.Column("location_precision", sa.String(), nullable=False),
        sa.Column("planned_kzt", sa.BigInteger(), nullable=True),
        sa.Column("contracted_kzt", sa.BigInteger(), nullable=True),
        sa.Column("spent_kzt", sa.BigInteger(), nullable=True),
        sa.Column("starts_on", sa.String(), nullable=False),
        sa.Column("due_on", sa.String(), nullable=False),
        sa.Column("due_first", sa.Date(), nullable=True),
        sa.Column("due_last", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.String(), nullable=False),
        sa.Column("completed_first", sa.Date(), nullable=True),
        sa.Column("completed_last", sa.Date(), nullable=True),
        sa.Column("first_due_on", sa.String(), nullable=False),
        sa.Column("first_due_last", sa.Date(), nullable=True),
        sa.Column("first_promised_on", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("contractor", sa.String(), nullable=False),
        sa.Column("capacity", sa.Float(), nullable=True),
        sa.Column("capacity_unit", sa.String(), nullable=False),
        sa.Column("photo_url", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("heard_on", sa.String(), nullable=False),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("key", name=op.f("uq_project_key")),
    )
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_project_cell_status_no_sector_no_district_no_lat_e6_lon_e6"),
            ["cell", "status_no", "sector_no", "district_no", "lat_e6", "lon_e6"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_project_district_no_status_no_sector_no"),
            ["district_no", "status_no", "sector_no"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_project_status_no_completed_last"),
            ["status_no", "completed_last"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_project_status_no_due_last"), ["status_no", "due_last"], unique=False
        )

    op.create_table(
        "rollup",
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("districts", sa.String(), nullable=False),
        sa.Column("programmes", sa.String(), nullable=False),
        sa.Column("sector_no", sa.SmallInteger(), nullable=False),
        sa.Column("status_no", sa.SmallInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("projects", sa.Integer(), nullable=False),
        sa.Column("planned_known", sa.Integer(), nullable=False),
        sa.Column("planned_kzt", sa.BigInteger(), nullable=False),
        sa.Column("contracted_known", sa.Integer(), nullable=False),
        sa.Column("contracted_kzt", sa.BigInteger(), nullable=False),
        sa.Column("spent_known", sa.Integer(), nullable=False),
        sa.Column("spent_kzt", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "area",
            "districts",
            "programmes",
            "sector_no",
            "status_no",
            "year",
            name=op.f("pk_rollup"),
        ),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("title", "url", name=op.f("uq_source_title_url")),
    )
    op.create_table(
        "word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stem", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word")),
        sa.UniqueConstraint("stem", name=op.f("uq_word_stem")),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import.id"], name=op.f("fk_change_import_id_import")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_change_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_change_project_id_id"), ["project_id", "id"], unique=False
        )

    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("name_kk", sa.String(), nullable=False),
        sa.Column("name_ru", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("starts_on", sa.String(), nullable=False),
        sa.Column("ends_on", sa.String(), nullable=False),
        sa.Column("planned_kzt", sa.BigInteger(), nullable=True),
        sa.Column("summary_kk", sa.Text(), nullable=False),
        sa.Column("summary_ru", sa.Text(), nullable=False),
        sa.Column("summary_en", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("stated_on", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_programme_source_id_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("code", name=op.f("uq_programme_code")),
    )
    op.create_table(
        "project_district",
        sa.Column(
            "project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_id"], ["district.id"], name=op.f("fk_project_district_district_id_district")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_district_project_id_project")
        ),
        sa.PrimaryKeyConstraint("project_id", "district_id", name=op.f("pk_project_district")),
    )
    with op.batch_alter_table("project_district", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_project_district_district_id_project_id"),
            ["district_id", "project_id"],
            unique=False,
        )

    op.create_table(
        "staged_row",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("project_key", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["import.id"],
            name=op.f("fk_staged_row_import_id_import"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_row")),
    )
    with op.batch_alter_table("staged_row", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_staged_row_import_id_project_key_id"),
            ["import_id", "project_key", "id"],
            unique=False,
        )

    op.create_table(
        "statement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("stated_on", sa.String(), nullable=False),
        sa.Column("promised_on", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_statement_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("project_id", "digest", name=op.f("uq_statement_project_id_digest")),
    )
    op.create_table(
        "word_trigram",
        sa.Column("trigram", sa.String(), nullable=False),
        sa.Column("word_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["word_id"], ["word.id"], name=op.f("fk_word_trigram_word_id_word")
        ),
        sa.PrimaryKeyConstraint("trigram", "word_id", name=op.f("pk_word_trigram")),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_kk", sa.String(), nullable=False),
        sa.Column("name_ru", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("value_type", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("stated_on", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_indicator_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_indicator_source_id_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint(
            "programme_id",
            "code",
            "value_type",
            "year",
            "district",
            "source_id",
            "stated_on",
            name=op.f(
                "uq_indicator_programme_id_code_value_type_year_district_source_id_stated_on"
            ),
        ),
    )
    op.create_table(
        "project_programme",
        sa.Column(
            "project_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme.id"],
            name=op.f("fk_project_programme_programme_id_programme"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_project_programme_project_id_project")
        ),
        sa.PrimaryKeyConstraint("project_id", "programme_id", name=op.f("pk_project_programme")),
    )
    with op.batch_alter_table("project_programme", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_project_programme_programme_id_project_id"),
            ["programme_id", "project_id"],
            unique=False,
        )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE project_search USING fts5("
            "stems, tokenize='unicode61 remove_diacritics 0', prefix='2 3 4')"
        )
    else:
        op.execute(
            "CREATE INDEX ix_project_stems ON project USING gin (to_tsvector('simple', stems))"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE project_search")
    with op.batch_alter_table("project_programme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_programme_programme_id_project_id"))

    op.drop_table("project_programme")
    op.drop_table("indicator")
    op.drop_table("word_trigram")
    op.drop_table("statement")
    with op.batch_alter_table("staged_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staged_row_import_id_project_key_id"))

    op.drop_table("staged_row")
    with op.batch_alter_table("project_district", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_district_district_id_project_id"))

    op.drop_table("project_district")
    op.drop_table("programme")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_change_project_id_id"))

    op.drop_table("change")
    op.drop_table("word")
    op.drop_table("source")
    op.drop_table("rollup")
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_status_no_due_last"))
        batch_op.drop_index(batch_op.f("ix_project_status_no_completed_last"))
        batch_op.drop_index(batch_op.f("ix_project_district_no_status_no_sector_no"))
        batch_op.drop_index(
            batch_op.f("ix_project_cell_status_no_sector_no_district_no_lat_e6_lon_e6")
        )

    op.drop_table("project")
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_cell"))

    op.drop_table("place")
    op.drop_table("person")
    op.drop_table("import")
    op.drop_table("district")
