"""Where the command line shows pictures: on paper, and on the screen only with everything else."""

from __future__ import annotations

from tests.commands.running import Run

ITEM = "cpc-464-1-7"
COOK = "scenarios/extradition/04-serving-cook.yaml"


def test_the_sheet_of_a_provision_has_its_ladder_on_paper_alone(run: Run) -> None:
    page = run("law", ITEM, "--format", "html").out
    assert page.count('<figure class="picture ladder">') == 1
    assert "Who must have taken part in fighting?" in page
    listed = run("law", ITEM, "--format", "markdown").out
    assert "**CPC Art. 464(1)(7) as a ladder, each reading by default**" in listed
    assert "ladder" not in run("law", ITEM, "--all").out


def test_an_answer_has_its_pictures_on_paper_and_when_everything_is_told(run: Run) -> None:
    page = run("decide", COOK, "--question", "extradition", "--format", "html").out
    assert page.count('<figure class="picture timeline">') == 1
    assert page.count('<figure class="picture ladder">') == 1
    brief = run("decide", COOK, "--question", "extradition").out
    assert "What was when" not in brief
    assert "What was when" in run("decide", COOK, "--question", "extradition", "--all").out
