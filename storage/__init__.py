"""The facts: tables, queries, search, imports, the data set. Nothing of Telegram.

Rooms, top first; each imports only what stands below its row:

    digests, people                        what is due, planned and told; who asked what
    subscriptions, search                  who wants to hear what; words to projects
    programmes, news, places, nearby       what was announced, what changed, where it is
    imports, projects                      how facts come in; lists, cards, sums
    geo, migrations                        points, cells, distance; the way of the schema
    tables                                 every table and nothing else
    values, vocabulary                     small values of all rooms; kinds, sectors, districts
    database, words                        sessions and upserts; letters, stems, endings
"""
