"""Small labelling configs, whole and broken, as texts."""

from builder.annotate.questionnaire.config import ConfigText

XML = """\
<View className="all">
  <Style>.all { color: red; }</Style>
  <Header value="$author_label"/>
  <Text name="comment" value="$text"/>
  <Choices name="mood" toName="comment" choice="single-radio" required="true" requiredMessage="Press 1 or 2.">
    <Choice value="Good" alias="good" hotkey="1" hint="All is well."/>
    <Choice value="Bad" alias="bad" hotkey="2"/>
  </Choices>
  <View visibleWhen="choice-selected" whenTagName="mood" whenChoiceValue="bad">
    <Choices name="why" toName="comment" choice="multiple" required="true" requiredMessage="Press q or w.">
      <Choice value="Rain" alias="rain" hotkey="q"/>
      <Choice value="Wind" hotkey="w"/>
    </Choices>
    <TextArea name="note" toName="comment"/>
  </View>
  <Labels name="mark" toName="comment">
    <Label value="Word" alias="word" hotkey="3"/>
  </Labels>
  <Rating name="stars" toName="comment" maxRating="4"/>
  <Number name="years" toName="comment" min="0" max="120.5"/>
</View>
"""
TOML = """\
title = "Moods"
unit_type = "comment"

[questions.mood]
scale = "ordinal"
description = "The mood."

[questions.why]
description = "Why it is bad."

[questions.note]
description = "More."

[questions.mark]
description = "Words."

[questions.stars]
scale = "ordinal"
description = "Stars."

[questions.years]
scale = "interval"
description = "Years."
"""
MARKDOWN = "Read this.\n"


def text(xml: str = XML, toml: str = TOML, markdown: str = MARKDOWN) -> ConfigText:
    """The files of a config named mood."""
    return ConfigText("mood", "configs", xml, toml, markdown)


def changed(old: str, new: str, xml: str = XML) -> ConfigText:
    """The config with one place of its XML changed."""
    assert xml.count(old) == 1, old
    return text(xml.replace(old, new))
