"""The file that Word reads: a package of XML parts, the same bytes for the same parts.

It is written with the standard library alone. Styles are Word's own, by their names, so that those of the reader's
template take their place; the few that Word does not have are defined here. There is no time, user or program version
in it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

from lawmodel.safe_text import SIGN, safe

LANGUAGE: Final = "en-GB"
DEEPEST_LIST: Final = 5
"""Word has this many levels of its list styles."""
BULLETS: Final = 1
"""The list of bullets; numbered lists come after it, one for each, since each begins anew."""
MARK: Final = "written by lawmodel"
"""In the keywords of the document's properties, which are not compressed."""
_TIME: Final = (1980, 1, 1, 0, 0, 0)
_NOT_XML: Final = re.compile("[\ufffe\uffff]")
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS: Final = ("styles", "numbering", "settings", "footnotes", "footer")
PAGE: Final = 9354
"""The width of what is written on a page of A4, in twentieths of a point."""
PAGE_HEIGHT: Final = 14286
"""Its height."""
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_EMU: Final = 12700
"""English metric units in a point: in these drawings are measured."""


def xml_text(words: str) -> str:
    """Words as XML has them: no character of them is markup, and none that XML cannot hold is left."""
    return escape(_NOT_XML.sub(SIGN, safe(words)), {'"': "&quot;"})


def package(
    title: str, body: str, footnotes: str, numbered: int, links: Sequence[str], pictures: Sequence[bytes] = ()
) -> bytes:
    """The file: its body and footnotes as XML, the number of numbered lists, addresses of links, and pictures (PNG)."""
    images = {f"media/picture{number}.png": png for number, png in enumerate(pictures, 1)}
    drawn = {_picture_id(number): (f"{_OFFICE}/image", name) for number, name in enumerate(images, 1)}
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            {
                "rId1": (f"{_OFFICE}/officeDocument", "word/document.xml"),
                "rId2": (
                    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                    "docProps/core.xml",
                ),
            }
        ),
        "docProps/core.xml": _core(title),
        "word/document.xml": _document(body),
        "word/styles.xml": _styles(),
        "word/numbering.xml": _numbering(numbered),
        "word/settings.xml": _settings(),
        "word/footnotes.xml": _footnotes(footnotes),
        "word/footer.xml": _footer(),
        "word/_rels/document.xml.rels": _relationships(
            {f"rId{number}": (f"{_OFFICE}/{name}", f"{name}.xml") for number, name in enumerate(_PARTS, 1)} | drawn,
            links,
        ),
        "word/_rels/footnotes.xml.rels": _relationships({}, links),
    }
    stream = io.BytesIO()
    contents = {name: content.encode() for name, content in parts.items()}
    contents |= {f"word/{name}": png for name, png in images.items()}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.external_attr = 0o600 << 16
            entry.create_system = 3  # the same on every system
            entry.compress_type = zipfile.ZIP_STORED if name == "docProps/core.xml" else zipfile.ZIP_DEFLATED
            file.writestr(entry, content)
    return stream.getvalue()


def picture(number: int, width: float, height: float, alternative: str) -> str:
    """A run with a picture, by its number from 1, its size in points, and what is read to whoever does not see it."""
    size = f'cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"'
    named = f'id="{number}" name="Picture {number}" descr="{xml_text(alternative)}"'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing"><wp:extent {size}/>'
        f'<wp:docPr {named}/><a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{_picture_id(number)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _picture_id(number: int) -> str:
    return f"picture{number}"


def link_id(number: int) -> str:
    """The name of a link in the relationships of a part."""
    return f"link{number}"


def _content_types() -> str:
    overrides = {"word/document.xml": f"{_WORD_TYPE}.document.main+xml"}
    overrides |= {f"word/{name}.xml": f"{_WORD_TYPE}.{name}+xml" for name in _PARTS}
    overrides["docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    listed = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{listed}</Types>'
    )


def _relationships(parts: Mapping[str, tuple[str, str]], links: Sequence[str] = ()) -> str:
    listed = [f'<Relationship Id="{name}" Type="{kind}" Target="{to}"/>' for name, (kind, to) in parts.items()]
    listed += [
        f'<Relationship Id="{link_id(number)}" Type="{_OFFICE}/hyperlink" Target="{xml_text(to)}" '
        'TargetMode="External"/>'
        for number, to in enumerate(links)
    ]
    return f'{_HEAD}<Relationships xmlns="{_RELATIONSHIPS}">{"".join(listed)}</Relationships>'


def _core(title: str) -> str:
    return (
        f"{_HEAD}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{xml_text(title)}</dc:title><dc:language>{LANGUAGE}</dc:language>"
        f"<cp:keywords>{MARK}</cp:keywords></cp:coreProperties>"
    )


def _document(body: str) -> str:
    return (
        f"{_HEAD}<w:document {_W}><w:body>{body}<w:sectPr>"
        '<w:footerReference w:type="default" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1276" w:right="1276" w:bottom="1276" w:left="1276" w:header="709" w:footer="709" '
        'w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _footer() -> str:
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    return f'{_HEAD}<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{number}</w:p></w:ftr>'


def _footnotes(notes: str) -> str:
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        f"<w:r><w:{element}/></w:r></w:p></w:footnote>"
        for kind, number, element in (
            ("separator", -1, "separator"),
            ("continuationSeparator", 0, "continuationSeparator"),
        )
    )
    return f"{_HEAD}<w:footnotes {_W}>{lines}{notes}</w:footnotes>"


def _settings() -> str:
    return (
        f'{_HEAD}<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="15"/></w:compat><w:themeFontLang w:val="{LANGUAGE}"/></w:settings>'
    )


def _numbering(numbered: int) -> str:
    def level(number: int, form: str, words: str) -> str:
        left = 425 * (number + 1)
        return (
            f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{words}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="425"/></w:pPr></w:lvl>'
        )

    bullets = "".join(level(number, "bullet", "•" if number % 2 == 0 else "\N{EN DASH}") for number in range(9))
    numbers = "".join(level(number, "decimal", f"%{number + 1}.") for number in range(9))
    kinds = (
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>{bullets}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>{numbers}</w:abstractNum>'
    )
    begins = "".join(
        f'<w:lvlOverride w:ilvl="{number}"><w:startOverride w:val="1"/></w:lvlOverride>' for number in range(9)
    )
    lists = f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>'
    lists += "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/>{begins}</w:num>'
        for number in range(BULLETS + 1, BULLETS + 1 + numbered)
    )
    return f"{_HEAD}<w:numbering {_W}>{kinds}{lists}</w:numbering>"


def _style_id(name: str) -> str:
    """The name by which paragraphs and runs have a style."""
    return name.title().replace(" ", "")


# --- styles ----------------------------------------------------------------------------------------------


def _paragraph_style(
    name: str, inside: str = "", letters: str = "", *, based_on: str = "BodyText", following: str = "BodyText"
) -> str:
    own = _style_id(name)
    based = "" if own == "Normal" else f'<w:basedOn w:val="{based_on}"/><w:next w:val="{following}"/>'
    default = ' w:default="1"' if own == "Normal" else ""
    spaces = f"<w:pPr>{inside}</w:pPr>" if inside else ""
    shown = f"<w:rPr>{letters}</w:rPr>" if letters else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{own}"><w:name w:val="{name}"/>{based}'
        f"<w:qFormat/>{spaces}{shown}</w:style>"
    )


def _character_style(name: str, letters: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{_style_id(name)}"><w:name w:val="{name}"/>'
        f"<w:qFormat/><w:rPr>{letters}</w:rPr></w:style>"
    )


def _styles() -> str:
    bold, monospace = "<w:b/>", '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>'
    found = [
        _paragraph_style("Normal"),
        _paragraph_style("Body Text", '<w:spacing w:after="120"/>', based_on="Normal"),
        _paragraph_style(
            "Title",
            '<w:keepNext/><w:spacing w:after="60"/>',
            f'{bold}<w:sz w:val="36"/>',
            based_on="Normal",
            following="Subtitle",
        ),
        _paragraph_style("Subtitle", '<w:spacing w:after="240"/>', "<w:i/>", based_on="Normal"),
        *(
            _paragraph_style(
                f"heading {level}",
                f'<w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="80"/>'
                f'<w:outlineLvl w:val="{level - 1}"/>',
                f'{bold}<w:sz w:val="{size}"/>',
                based_on="Normal",
            )
            for level, before, size in (
                (1, 360, 28),
                (2, 240, 24),
                (3, 200, 22),
                (4, 160, 22),
                (5, 160, 22),
                (6, 160, 22),
            )
        ),
        _paragraph_style("Quote", '<w:ind w:left="425" w:right="425"/>', "<w:i/>"),
        _paragraph_style("caption", '<w:keepNext/><w:spacing w:before="120" w:after="80"/>', bold, based_on="Normal"),
        _paragraph_style("Picture", '<w:keepNext/><w:spacing w:after="120"/>', based_on="Normal"),
        _paragraph_style(
            "Term", '<w:tabs><w:tab w:val="left" w:pos="1843"/></w:tabs><w:ind w:left="1843" w:hanging="1843"/>'
        ),
        _paragraph_style(
            "Table Text", '<w:spacing w:before="20" w:after="40"/>', '<w:sz w:val="19"/>', based_on="Normal"
        ),
        _paragraph_style("Table Header", "<w:keepNext/>", bold, based_on="TableText"),
        _paragraph_style("Code", '<w:spacing w:after="120"/>', f'{monospace}<w:sz w:val="18"/>', based_on="Normal"),
        _paragraph_style("footnote text", "", '<w:sz w:val="19"/>', based_on="Normal", following="FootnoteText"),
        _paragraph_style("footer", '<w:jc w:val="center"/>', based_on="Normal", following="Footer"),
        _character_style("footnote reference", '<w:vertAlign w:val="superscript"/>'),
        _character_style("Hyperlink", '<w:color w:val="17498A"/><w:u w:val="single"/>'),
        _character_style("Strong", bold),
        _character_style("Reading", "<w:i/>"),
        _character_style("Identifier", f'{monospace}<w:sz w:val="19"/>'),
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{_borders()}</w:tblBorders></w:tblPr></w:style>",
    ]
    for kind, number in (("List Bullet", BULLETS), ("List Number", 0), ("List Continue", 0)):
        for level in range(1, DEEPEST_LIST + 1):
            listed = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
            indent = "" if number else f'<w:ind w:left="{425 * level}"/>'
            spaces = f'{listed}<w:spacing w:after="60"/>{indent}'
            found.append(_paragraph_style(kind if level == 1 else f"{kind} {level}", spaces, following="BodyText"))
    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
        'w:eastAsia="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
        f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )
    return f"{_HEAD}<w:styles {_W}>{defaults}{''.join(found)}</w:styles>"


def _borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>' for side in sides)
