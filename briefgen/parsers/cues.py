"""The words that stand before a document's own date, by language: "Updated", "Veröffentlicht am", "Дата публикации".

Groups of ``CUE``: ``new`` and ``foreign`` for words of publication, ``update`` and ``foreign_update`` for those of a change,
``date`` for what follows. Behind a foreign word the day goes before the month.
"""

from __future__ import annotations

import re

ENGLISH = """
published; posted; issued; released; dated; filed; release date; date of publication; publication date; date of issue
issue date; date; for release; for immediate release; embargoed until
"""
ENGLISH_UPDATE = "last updated; last modified; last reviewed; updated; modified; as of"
FOREIGN = """
veröffentlicht; veroeffentlicht; erschienen; stand; datum; publié; publiée; publie; publiee; paru; mis en ligne
date de publication; publicado; publicada; fecha; fecha de publicación; pubblicato; pubblicata; data
data di pubblicazione; data de publicação
gepubliceerd; opublikowano; data publikacji; publicerad; publisert; offentliggjort; udgivet; julkaistu; publikováno; zveřejněno
vydáno; yayın tarihi; yayınlanma tarihi; közzétéve; megjelent; publicat; data publicării; опубликовано; дата; дата публикации
публикувано; опубліковано; дата публікації
δημοσιεύθηκε; δημοσιεύτηκε; 发布时间; 发布日期; 日期; 公開日; 掲載日; 등록; 등록일; 입력
"""
FOREIGN_UPDATE = """
aktualisiert; zuletzt aktualisiert; mis à jour; mise à jour; actualizado; actualizada; aggiornato; atualizado; bijgewerkt
aktualizacja; zaktualizowano; uppdaterad; opdateret; oppdatert; päivitetty; aktualizováno; güncelleme; frissítve; actualizat
обновлено; оновлено; 更新日; 수정
"""
#: "Minutes of the harbour board held on 4 September 2025": minutes are of the day of their meeting.
MINUTES = r"(?:draft |approved )?minutes of (?:the )?(?:[\w’' -]{0,60} )?(?:of|on|held on)"
TIE = r"(?:\s+(?:on|at|am|le|el|il|op|em|den|den\s|på|dne|la|στις|w\s+dniu|pe))?(?:\s*[:：–-]\s*|\s+)"


def _any_of(listed: str) -> str:
    """The phrases of a list as a pattern, longer ones first."""
    phrases = {phrase.strip() for line in listed.splitlines() for phrase in line.split(";") if phrase.strip()}
    return "|".join(map(re.escape, sorted(phrases, key=lambda phrase: (-len(phrase), phrase))))


CUE = re.compile(
    r"(?:^|[|•·(]\s*|\s(?=(?-i:Published|Updated|Posted)\s))(?:first |originally |date )?"
    rf"(?:(?P<new>{_any_of(ENGLISH)}|{MINUTES})|(?P<update>{_any_of(ENGLISH_UPDATE)})"
    rf"|(?P<foreign>{_any_of(FOREIGN)})|(?P<foreign_update>{_any_of(FOREIGN_UPDATE)}))"
    rf"{TIE}(?P<date>[^|•·\s][^|•·]{{3,60}})",
    re.IGNORECASE,
)
