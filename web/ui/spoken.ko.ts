import type { spoken as english } from "./spoken.en";

export const spoken: typeof english = {
  transcript: {
    title: "말한 내용",
    show: "말한 내용 보기",
    hide: "말한 내용 숨기기",
    of: "누구의 답변",
    everybody: "모두",
    typed: "입력함",
    going: "답변 중…",
    pending: "아직 받아 적는 중입니다.",
    lost: "여기서 소리가 끊겼습니다.",
    low: "확실하지 않게 들림",
    newest: "최신 답변으로",
    nothing: "아직 답변이 없습니다. 말한 뒤 몇 초가 지나면 글이 나타납니다.",
    nothingThen: "이 시점까지는 답변이 없었습니다.",
    nobodyAgreed: "말한 내용의 기록에 동의한 지원자가 없습니다.",
    notAgreed: (labels) => `말한 내용의 기록에 동의하지 않음: ${labels}`,
    earlier: "이전 답변을 불러오지 못했습니다.",
    error: (clean, noise) =>
      `말소리는 기계가 받아 적습니다. 영어를 조용한 곳에서 또박또박 읽어도 100단어 중 약 ${clean}개, 소음이 있으면 약 ${noise}개가 틀립니다. 말을 찾아보는 데 쓰고 인용하지 마세요.`,
    errorUnknown: "말소리는 기계가 받아 적습니다. 얼마나 틀리는지는 측정하지 않았습니다.",
    problems: {
      "no-words": "말소리는 있었으나 알아들은 단어가 없습니다.",
      language: "인식기가 모르는 언어로 말했습니다.",
      dropped: "인식이 늦어 적지 못한 부분입니다.",
      failed: "인식기가 응답하지 않아 적지 못한 부분입니다.",
    },
  },

  typing: {
    open: "글로 답하기",
    close: "닫기",
    label: "글로 쓰는 답변",
    hint: "보내면 면접관이 읽을 수 있습니다.",
    keys: (modifier) => `${modifier} + Enter로 보내기`,
    send: "보내기",
    sending: "보내는 중…",
    waiting: "다시 연결되면 바로 보냅니다.",
    recorded: "답변이 기록되었습니다.",
    notRecorded: "답변이 기록되지 않았습니다. 쓴 글은 그대로 있으니 다시 보내 주세요.",
    needsConsent: "답변을 글로 남기려면 말한 내용의 기록에 동의해야 합니다.",
    notGiven: "켜지 못했습니다. 다시 시도해 주세요.",
  },

  job: {
    label: "직무",
    none: "직무를 정하지 않음",
    hint: "이름으로 찾으세요. 직무 용어는 말을 알아듣는 데 쓰입니다.",
    nothing: "이런 이름의 직무가 없습니다.",
    failed: "직무 목록을 불러오지 못했습니다.",
    clear: "직무 없이",
  },

  spokenIn: { en: "영어", ko: "한국어" },
};
